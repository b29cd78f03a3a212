package io.movingdata.bench.tiering;

/** Where an object goes for the next day. */
interface Policy {
  String name();

  int next(Standing object, int day);

  /** The end of a day; what a policy learns, it learns of days that are over. */
  default void dayOver(Trace trace, int day) {}
}
