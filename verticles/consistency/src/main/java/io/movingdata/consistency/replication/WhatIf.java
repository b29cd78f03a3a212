package io.movingdata.consistency.replication;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.ReplicationApi.Evaluation;
import io.movingdata.core.contract.ReplicationApi.Target;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.replication.ReplicationPlan;
import io.movingdata.core.replication.ReplicationPlanner;
import io.movingdata.core.replication.ReplicationPolicy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up, file by file, what a policy would have copied: pure. */
final class WhatIf {
  private static final double GIB = 1024.0 * 1024 * 1024;
  private static final double STORED = 4.0 / 3;

  private final ReplicationPolicy policy;
  private final ReplicationPlanner planner;
  private final List<LocationConfig> locations;
  private final Map<String, Sum> sums = new TreeMap<>();
  private long files;
  private long lacking;
  private double egress;
  private long surplus;
  private long prunes;
  private ReplicationPlan last;

  /** What one location would receive. */
  private static final class Sum {
    long copies;
    long bytes;
  }

  WhatIf(ReplicationPolicy policy, List<LocationConfig> locations) {
    this.policy = policy;
    this.planner = new ReplicationPlanner(locations);
    this.locations = locations;
  }

  void add(FileRecord file) {
    ReplicationPlan plan = planner.plan(policy, file);
    last = plan;
    files++;
    lacking += plan.lacking().isEmpty() ? 0 : 1;
    surplus += plan.surplus().size();
    prunes += policy.prune() ? plan.surplus().size() : 0;
    long stored =
        file.primaryReplica()
            .map(Replica::bytes)
            .orElseGet(() -> Math.round(file.sizeBytes() * STORED));
    for (String target : plan.lacking()) {
      Sum sum = sums.computeIfAbsent(target, none -> new Sum());
      sum.copies++;
      sum.bytes += stored;
      egress += stored / GIB * egressPerGb(file.primary());
    }
  }

  private double egressPerGb(String location) {
    return locations.stream()
        .filter(one -> one.id().equals(location))
        .mapToDouble(LocationConfig::egressPerGb)
        .findFirst()
        .orElse(0);
  }

  private Target target(String location, Sum sum) {
    double price =
        locations.stream()
            .filter(one -> one.id().equals(location))
            .mapToDouble(LocationConfig::storagePerGbMonth)
            .findFirst()
            .orElse(0);
    return new Target(location, sum.copies, sum.bytes, sum.bytes / GIB * price);
  }

  /** The sum. {@code single}: it was one file, whose plan is to be told. */
  Evaluation result(boolean single) {
    List<Target> targets =
        sums.entrySet().stream().map(one -> target(one.getKey(), one.getValue())).toList();
    return new Evaluation(
        files,
        lacking,
        targets.stream().mapToLong(Target::copies).sum(),
        targets.stream().mapToLong(Target::bytes).sum(),
        targets.stream().mapToDouble(Target::monthlyCost).sum(),
        egress,
        surplus,
        prunes,
        targets,
        single ? last : null);
  }
}
