package io.movingdata.core.event;

/** One field of an event that is not acceptable, and why. */
public record EventFault(String field, String message) {}
