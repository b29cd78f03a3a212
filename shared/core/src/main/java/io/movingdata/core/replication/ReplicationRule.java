package io.movingdata.core.replication;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a policy wants of some files; exactly one of {@code file}, {@code prefix} and {@code tier}
 * says of which.
 *
 * @param name what refusals and reasons call it, unique in its policy
 * @param file one file id
 * @param prefix file ids that start with it
 * @param tier files whose primary copy is at a location of the tier
 * @param copies verified copies of each, the primary among them
 * @param locations where copies beside the primary go, in this order; empty: anywhere, the cheapest
 *     first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplicationRule(
    String name, String file, String prefix, String tier, int copies, List<String> locations) {
  public ReplicationRule {
    locations = locations == null ? List.of() : List.copyOf(locations);
  }
}
