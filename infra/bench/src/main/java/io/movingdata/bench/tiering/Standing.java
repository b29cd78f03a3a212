package io.movingdata.bench.tiering;

import io.movingdata.core.features.ExpectedUse;
import io.movingdata.core.features.Feature;
import io.movingdata.core.features.FileFeatures;
import java.util.HashMap;
import java.util.Map;

/** What is known of an object at the end of a day, and where it is. */
final class Standing {
  final Trace.Subject object;
  int tier;
  int daysThere;
  int age;
  int idle;
  boolean readToday;
  private long reads;
  private double week;
  private double day;

  Standing(Trace.Subject object) {
    this.object = object;
  }

  void pass(int reads) {
    age++;
    daysThere++;
    readToday = reads > 0;
    idle = readToday ? 0 : idle + 1;
    this.reads += reads;
    week = week * Math.exp(-1.0 / 7) + reads;
    day = day * Math.exp(-1.0) + reads;
  }

  double perDay() {
    return week / (7 * (1 - Math.exp(-age / 7.0)));
  }

  FileFeatures features(String tierName) {
    Map<String, Double> values = new HashMap<>();
    values.put(Feature.ACCESS_FREQ_PER_DAY.wire(), perDay());
    values.put(Feature.ACCESS_FREQ_EXPECTED.wire(), ExpectedUse.perDay(reads, age, idle));
    values.put(Feature.SIZE_KB.wire(), object.bytes() / 1024.0);
    values.put(Feature.DAYS_SINCE_ACCESS.wire(), (double) idle);
    values.put(Feature.DAY_TO_WEEK.wire(), week < 1e-9 ? 0 : day / (week / 7));
    values.put(Feature.TIME_SINCE_LAST_MIGRATION.wire(), daysThere * 24.0);
    return new FileFeatures(values, tierName, null);
  }
}
