package io.movingdata.mover.simulate;

/** Something that must not be. */
record Finding(String rule, String detail) {}
