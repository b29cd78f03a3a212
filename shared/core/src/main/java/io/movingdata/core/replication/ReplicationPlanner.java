package io.movingdata.core.replication;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides where the copies of a file belong. The primary counts wherever it is. Of the locations
 * that may hold the others, those that hold a verified copy come first, so that nothing is copied
 * that need not be.
 */
public final class ReplicationPlanner {
  /** The name of what holds where no rule fits. */
  public static final String DEFAULT = "default";

  private final List<LocationConfig> locations;

  /** {@code locations}: those that are configured. */
  public ReplicationPlanner(List<LocationConfig> locations) {
    this.locations = List.copyOf(locations);
  }

  /** What the policy wants of a file as it stands. */
  public ReplicationPlan plan(ReplicationPolicy policy, FileRecord file) {
    ReplicationRule rule = rule(policy, file);
    List<String> reasons = new ArrayList<>();
    reasons.add(why(rule));
    List<String> allowed = allowed(rule, file.primary(), reasons);
    List<String> wanted = new ArrayList<>();
    wanted.add(file.primary());
    allowed.stream()
        .sorted(Comparator.comparing(location -> file.verifiedAt(location).isEmpty()))
        .limit(Math.max(0, rule.copies() - 1L))
        .forEach(wanted::add);
    if (wanted.size() < rule.copies()) {
      reasons.add("only " + wanted.size() + " locations may hold a copy of it");
    }
    List<String> lacking = wanted.stream().filter(l -> file.verifiedAt(l).isEmpty()).toList();
    List<String> surplus =
        file.replicas().stream().map(Replica::location).filter(l -> !wanted.contains(l)).toList();
    return new ReplicationPlan(rule.name(), rule.copies(), wanted, lacking, surplus, reasons);
  }

  /**
   * Why a copy may not be removed, naming the rule; empty where it may. A copy that is not verified
   * counts for nothing.
   *
   * @param left the file without the copy
   */
  public Optional<String> denial(ReplicationPolicy policy, FileRecord left, Replica removed) {
    if (!removed.verified()) {
      return Optional.empty();
    }
    ReplicationPlan plan = plan(policy, left);
    if (plan.lacking().isEmpty() && plan.wanted().size() >= plan.copies()) {
      return Optional.empty();
    }
    long verified = left.replicas().stream().filter(Replica::verified).count();
    return Optional.of(
        "rule %s of the replication policy (version %d) wants %d verified copies, at %s: %d would be left"
            .formatted(plan.rule(), policy.version(), plan.copies(), plan.wanted(), verified));
  }

  private static String why(ReplicationRule rule) {
    String of = "every file";
    if (rule.file() != null) {
      of = "this file";
    } else if (rule.prefix() != null) {
      of = "files that start with " + rule.prefix();
    } else if (rule.tier() != null) {
      of = "files on the tier " + rule.tier();
    }
    return "rule %s: %d verified %s of %s"
        .formatted(rule.name(), rule.copies(), rule.copies() == 1 ? "copy" : "copies", of);
  }

  private List<String> allowed(ReplicationRule rule, String primary, List<String> reasons) {
    if (rule.locations().isEmpty()) {
      return locations.stream()
          .sorted(
              Comparator.comparingDouble(LocationConfig::storagePerGbMonth)
                  .thenComparing(LocationConfig::id))
          .map(LocationConfig::id)
          .filter(location -> !location.equals(primary))
          .toList();
    }
    Set<String> allowed = new LinkedHashSet<>();
    for (String location : rule.locations()) {
      if (locations.stream().noneMatch(known -> known.id().equals(location))) {
        reasons.add("location " + location + " is not configured any more");
      } else if (!location.equals(primary)) {
        allowed.add(location);
      }
    }
    return List.copyOf(allowed);
  }

  private ReplicationRule rule(ReplicationPolicy policy, FileRecord file) {
    String tier =
        locations.stream()
            .filter(location -> location.id().equals(file.primary()))
            .map(LocationConfig::tier)
            .findFirst()
            .orElse(null);
    return policy.rules().stream()
        .filter(rule -> weight(rule, file.id(), tier) > 0)
        .max(Comparator.comparingInt(rule -> weight(rule, file.id(), tier)))
        .orElseGet(
            () ->
                new ReplicationRule(
                    DEFAULT, null, null, null, policy.copies(), policy.locations()));
  }

  /** How closely a rule fits: 0 not at all, 1 by tier, more by longer prefixes, most by the id. */
  private static int weight(ReplicationRule rule, String fileId, String tier) {
    if (rule.file() != null) {
      return rule.file().equals(fileId) ? Integer.MAX_VALUE : 0;
    }
    if (rule.prefix() != null) {
      return fileId.startsWith(rule.prefix()) ? 1 + rule.prefix().length() : 0;
    }
    return rule.tier() != null && rule.tier().equals(tier) ? 1 : 0;
  }
}
