package io.movingdata.consistency.mirror;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.FindingApi;
import io.movingdata.core.contract.MirrorApi;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;

/** Shows how far mirrors are, and has them told everything again. */
final class MirrorService {
  private final Bus bus;
  private final Clock clock;
  private final List<Endpoint> mirrors;
  private final MirrorBook book;
  private final AuditLog audit;

  MirrorService(NodeContext node, List<Endpoint> mirrors, MirrorBook book, AuditLog audit) {
    this.bus = node.bus();
    this.clock = node.clock();
    this.mirrors = mirrors;
    this.book = book;
    this.audit = audit;
  }

  /** Serves {@link MirrorApi#STATUS}. */
  Future<MirrorApi.Status> status(Done all) {
    if (mirrors.isEmpty()) {
      return Future.succeededFuture(new MirrorApi.Status(List.of()));
    }
    return bus.request(FindingApi.COUNT_FINDINGS, Done.DONE)
        .compose(
            counts ->
                Future.all(mirrors.stream().map(mirror -> shown(mirror, counts)).toList())
                    .map(shown -> new MirrorApi.Status(shown.list())));
  }

  private Future<MirrorApi.Endpoint> shown(Endpoint mirror, FindingApi.FindingCounts counts) {
    long differing =
        counts.counts().stream()
            .filter(one -> one.kind() == FindingKind.MIRROR_DIFFERS)
            .filter(one -> one.state() == FindingState.OPEN)
            .filter(one -> mirror.name().equals(one.location()))
            .mapToLong(FindingApi.FindingCount::count)
            .sum();
    return book.read(mirror.name())
        .map(
            state ->
                new MirrorApi.Endpoint(
                    mirror.name(),
                    mirror.host(),
                    state.word(),
                    state.pending(),
                    state.lastDeliveredAt(),
                    state.lastError(),
                    differing,
                    state.comparedAt()));
  }

  /** Serves {@link MirrorApi#RESYNC}. */
  Future<MirrorApi.Status> resync(MirrorApi.Resync request) {
    List<String> known = mirrors.stream().map(Endpoint::name).toList();
    for (String name : request.endpoints()) {
      if (!known.contains(name)) {
        throw MovingDataException.invalid("endpoints", "configured are " + known);
      }
    }
    List<String> wanted = request.endpoints().isEmpty() ? known : request.endpoints();
    return Future.all(
            wanted.stream().distinct().map(name -> book.raise(name, clock.instant())).toList())
        .onSuccess(
            done ->
                audit.record(
                    request.requester(),
                    "mirrors.resync",
                    null,
                    null,
                    "allowed",
                    String.join(", ", wanted),
                    null))
        .compose(done -> status(Done.DONE));
  }
}
