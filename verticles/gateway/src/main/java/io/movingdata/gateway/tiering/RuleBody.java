package io.movingdata.gateway.tiering;

import io.movingdata.core.features.Feature;
import io.movingdata.core.features.FileFeatures;
import io.movingdata.core.model.RuleSet;
import io.movingdata.gateway.http.JsonFields;
import java.util.HashMap;
import java.util.Map;

/** Reads rules and feature vectors from bodies. */
final class RuleBody {
  private static final double MOST = 1e12;

  private RuleBody() {}

  /** Rules, each field of which must be there; bounds are the rules room's. */
  static RuleSet rules(JsonFields fields) {
    Long version = fields.number("version", 0, Long.MAX_VALUE, null);
    if (version == null) {
      fields.refuse("version", "must be that of the rules which these replace");
    }
    // Shown with them, so that what was read can be sent back.
    fields.optionalText("updated_by");
    fields.time("updated_at");
    return new RuleSet(
        version == null ? -1 : version,
        number(fields, "slo_latency_p95_ms"),
        whole(fields, "high_temp_minutes"),
        number(fields, "warm_drop_ratio"),
        number(fields, "min_confidence"),
        number(fields, "cold_max_freq_per_day"),
        number(fields, "cold_min_days_since_access"),
        number(fields, "cost_pressure_ratio"),
        number(fields, "horizon_days"),
        number(fields, "hysteresis"),
        number(fields, "min_stay_days"),
        whole(fields, "max_moves_per_hour"),
        number(fields, "budget_usd_per_day"),
        number(fields, "budget_gb_per_day"),
        null,
        null);
  }

  private static double number(JsonFields fields, String name) {
    Double value = fields.decimal(name, 0, MOST);
    if (!fields.has(name)) {
      fields.refuse(name, "is missing");
    }
    return value == null ? 0 : value;
  }

  private static int whole(JsonFields fields, String name) {
    Long value = fields.number(name, 0, 1_000_000, null);
    if (!fields.has(name)) {
      fields.refuse(name, "is missing");
    }
    return value == null ? 0 : value.intValue();
  }

  /** A feature vector; what is absent has its default. */
  static FileFeatures features(JsonFields fields) {
    Map<String, Double> values = new HashMap<>();
    for (Feature feature : Feature.values()) {
      // The one that is a difference.
      double least = feature == Feature.LATENCY_DELTA_MS ? -MOST : 0;
      Double value = fields.decimal(feature.wire(), least, MOST);
      if (value != null) {
        values.put(feature.wire(), value);
      }
    }
    return new FileFeatures(
        values, fields.optionalText("current_tier"), fields.optionalText("cloud_region"));
  }
}
