package io.movingdata.consistency;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.ConsistencyApi.LocationStatus;
import io.movingdata.core.contract.ConsistencyApi.Status;
import io.movingdata.core.contract.FindingApi.FindingCount;
import io.movingdata.core.contract.FindingApi.FindingCounts;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.model.Pass;
import io.movingdata.core.model.PassShard;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Puts together what is known of every location. */
final class StatusView {
  private StatusView() {}

  static Status of(
      List<LocationConfig> locations,
      List<Pass> latest,
      List<Pass> past,
      FindingCounts counts,
      CatalogApi.Usage usage) {
    return new Status(
        locations.stream().map(l -> line(l.id(), latest, past, counts, usage)).toList(),
        latest,
        whole(past, Pass.Kind.LIGHT),
        whole(past, Pass.Kind.DEEP),
        counts.counts().stream()
            .filter(c -> c.state() == FindingState.REPAIRED)
            .map(FindingCount::lastAt)
            .max(Instant::compareTo)
            .orElse(null),
        counts.in(FindingState.REPAIRED),
        counts);
  }

  private static Instant whole(List<Pass> past, Pass.Kind kind) {
    return past.stream()
        .filter(pass -> pass.kind() == kind)
        .filter(pass -> pass.shards().stream().allMatch(StatusView::compared))
        .findFirst()
        .map(Pass::finishedAt)
        .orElse(null);
  }

  private static boolean compared(PassShard shard) {
    return shard.state() == PassShard.State.DONE || shard.state() == PassShard.State.BREAKER;
  }

  private static LocationStatus line(
      String location,
      List<Pass> latest,
      List<Pass> past,
      FindingCounts counts,
      CatalogApi.Usage usage) {
    long copies =
        usage.locations().stream()
            .filter(u -> u.location().equals(location))
            .mapToLong(CatalogApi.LocationUsage::copies)
            .sum();
    long bad =
        counts.counts().stream()
            .filter(c -> location.equals(c.location()))
            .filter(c -> c.kind().ofReplica() && !c.state().settled())
            .mapToLong(FindingCount::count)
            .sum();
    List<PassShard> told =
        latest.stream()
            .flatMap(pass -> pass.shards().stream())
            .filter(s -> s.location().equals(location))
            .filter(s -> s.tries() > 0 || s.state() != PassShard.State.RUNNING)
            .toList();
    Optional<PassShard> news = news(told);
    Instant light = compared(past, Pass.Kind.LIGHT, location);
    Instant deep = compared(past, Pass.Kind.DEEP, location);
    return new LocationStatus(
        location,
        copies,
        bad,
        light,
        deep,
        usage.locations().stream()
            .filter(u -> u.location().equals(location))
            .map(CatalogApi.LocationUsage::oldestVerifiedAt)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null),
        state(news, light, deep),
        news.map(PassShard::detail).orElse(null));
  }

  /** A breaker of either kind of pass; else what was seen last. */
  private static Optional<PassShard> news(List<PassShard> told) {
    return told.stream()
        .filter(s -> s.state() == PassShard.State.BREAKER)
        .findFirst()
        .or(() -> told.stream().max(Comparator.comparing(PassShard::updatedAt)));
  }

  private static String state(Optional<PassShard> news, Instant light, Instant deep) {
    if (news.filter(s -> s.state() == PassShard.State.BREAKER).isPresent()) {
      return "breaker";
    }
    if (news.filter(s -> s.tries() > 0 || s.state() == PassShard.State.UNREACHABLE).isPresent()) {
      return "unreachable";
    }
    return light == null && deep == null ? "unverified" : "verified";
  }

  private static Instant compared(List<Pass> past, Pass.Kind kind, String location) {
    return past.stream()
        .filter(pass -> pass.kind() == kind)
        .filter(
            pass ->
                pass.shards().stream()
                    .filter(s -> s.location().equals(location))
                    .allMatch(StatusView::compared))
        .findFirst()
        .map(Pass::finishedAt)
        .orElse(null);
  }
}
