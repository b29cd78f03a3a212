package io.movingdata.core.replication;

import java.time.Instant;
import java.util.List;

/**
 * How many verified copies of each file there shall be, and where. Of the rules that fit a file the
 * one for the file itself counts before those for prefixes, a longer prefix before a shorter one,
 * and these before the one for its tier; where none fits, the policy's own copies and locations do.
 *
 * @param version raised by each change; 0 is that of the configuration
 * @param copies verified copies of a file, the primary among them
 * @param locations where copies beside the primary go, in this order; empty: anywhere, the cheapest
 *     first
 * @param rules what is wanted otherwise of some files
 * @param prune whether copies that the policy does not want are removed, those made by hand too
 * @param updatedBy who changed it, null for the configuration
 * @param updatedAt when, null for the configuration
 */
public record ReplicationPolicy(
    long version,
    int copies,
    List<String> locations,
    List<ReplicationRule> rules,
    boolean prune,
    String updatedBy,
    Instant updatedAt) {
  public ReplicationPolicy {
    locations = locations == null ? List.of() : List.copyOf(locations);
    rules = rules == null ? List.of() : List.copyOf(rules);
  }

  /** One copy of everything: what costs nothing. */
  public static ReplicationPolicy single() {
    return new ReplicationPolicy(0, 1, List.of(), List.of(), false, null, null);
  }

  /** The same at another version. */
  public ReplicationPolicy changed(long next, String by, Instant at) {
    return new ReplicationPolicy(next, copies, locations, rules, prune, by, at);
  }

  /** Whether it wants nothing beside the primary copies, and nothing removed. */
  public boolean trivial() {
    return copies <= 1 && !prune && rules.stream().allMatch(rule -> rule.copies() <= 1);
  }
}
