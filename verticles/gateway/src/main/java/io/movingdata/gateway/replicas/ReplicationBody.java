package io.movingdata.gateway.replicas;

import io.movingdata.core.replication.ReplicationCheck;
import io.movingdata.core.replication.ReplicationPolicy;
import io.movingdata.core.replication.ReplicationRule;
import io.movingdata.gateway.http.JsonFields;
import java.util.ArrayList;
import java.util.List;

/** Reads replication policies from bodies; what they may say is the consistency room's to check. */
final class ReplicationBody {
  private static final int MOST_LOCATIONS = 100;

  private ReplicationBody() {}

  /** A policy; its version and copies must be there. */
  static ReplicationPolicy policy(JsonFields fields) {
    Long version = fields.number("version", 0, Long.MAX_VALUE, null);
    if (version == null) {
      fields.refuse("version", "must be that of the policy which this replaces");
    }
    // Shown with it, so that what was read can be sent back.
    fields.optionalText("updated_by");
    fields.time("updated_at");
    fields.has("progress");
    List<ReplicationRule> rules = new ArrayList<>();
    if (fields.has("rules")) {
      fields.objects("rules", ReplicationCheck.MOST_RULES).forEach(one -> rules.add(rule(one)));
    }
    return new ReplicationPolicy(
        version == null ? -1 : version,
        copies(fields),
        fields.texts("locations", MOST_LOCATIONS),
        rules,
        fields.flag("prune"),
        null,
        null);
  }

  private static ReplicationRule rule(JsonFields fields) {
    return new ReplicationRule(
        fields.text("name"),
        fields.optionalText("file"),
        fields.optionalText("prefix"),
        fields.optionalText("tier"),
        copies(fields),
        fields.texts("locations", MOST_LOCATIONS));
  }

  private static int copies(JsonFields fields) {
    Long copies = fields.number("copies", 1, MOST_LOCATIONS, null);
    if (!fields.has("copies")) {
      fields.refuse("copies", "is missing");
    }
    return copies == null ? 1 : copies.intValue();
  }
}
