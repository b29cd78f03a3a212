package io.movingdata.consistency.repair;

import io.movingdata.consistency.pass.Inspector;
import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.audit.Authorizer;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.ConsistencyApi.Failed;
import io.movingdata.core.contract.ConsistencyApi.Resync;
import io.movingdata.core.contract.ConsistencyApi.ResyncReply;
import io.movingdata.core.contract.FindingApi;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingId;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.model.Replica;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at the copies of some files now, and repairs them in the name of who asked. */
final class ResyncService {
  private static final int MOST = 1000;

  private final NodeContext node;
  private final Bus bus;
  private final Inspector inspector;
  private final FindingDesk desk;
  private final Repairs repairs;
  private final Authorizer authorizer;
  private final AuditLog audit;

  ResyncService(
      NodeContext node,
      Inspector inspector,
      FindingDesk desk,
      Repairs repairs,
      Authorizer authorizer,
      AuditLog audit) {
    this.node = node;
    this.bus = node.bus();
    this.inspector = inspector;
    this.desk = desk;
    this.repairs = repairs;
    this.authorizer = authorizer;
    this.audit = audit;
  }

  /** What has become of the files so far. */
  private static final class Sum {
    long attempted;
    long synced;
    long repaired;
    final List<Failed> failed = new ArrayList<>();

    ResyncReply reply() {
      return new ResyncReply(attempted, synced, repaired, failed);
    }
  }

  /** Carries out {@code ConsistencyApi.RESYNC}. */
  Future<ResyncReply> resync(Resync request) {
    if (request.fileIds().isEmpty() || request.fileIds().size() > MOST) {
      throw MovingDataException.invalid("file_ids", "must name 1 to " + MOST + " files");
    }
    request.fileIds().forEach(FileIds::require);
    Sum sum = new Sum();
    return files(request, 0, sum).map(done -> sum.reply());
  }

  private Future<Void> files(Resync request, int index, Sum sum) {
    if (index == request.fileIds().size()) {
      return Future.succeededFuture();
    }
    String fileId = request.fileIds().get(index);
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(fileId, false))
        .compose(
            reply -> {
              if (reply.file() == null) {
                sum.failed.add(new Failed(fileId, null, "there is no file of this id"));
                return Future.succeededFuture();
              }
              return file(request, reply.file(), sum);
            })
        .compose(done -> files(request, index + 1, sum));
  }

  private Future<Void> file(Resync request, FileRecord file, Sum sum) {
    List<String> locations = file.replicas().stream().map(Replica::location).toList();
    authorizer.require(request.requester(), "file.resync", file.id(), locations);
    audit.record(
        request.requester(),
        "file.resync",
        file.id(),
        file.primary(),
        "allowed",
        request.deep() ? "deep" : "light",
        null);
    return copies(request, file, 0, sum);
  }

  private Future<Void> copies(Resync request, FileRecord file, int index, Sum sum) {
    if (index == file.replicas().size()) {
      return Future.succeededFuture();
    }
    Replica copy = file.replicas().get(index);
    sum.attempted++;
    String passId = "resync-" + node.clock().instant();
    return deep(request, copy)
        .compose(deep -> inspector.inspect(file, copy, deep, passId))
        .compose(found -> settle(request, file.id(), found, copy))
        .map(
            settled -> {
              count(file, copy, settled, sum);
              return null;
            })
        .otherwise(
            failure -> {
              sum.failed.add(new Failed(file.id(), copy.location(), failure.getMessage()));
              return null;
            })
        .compose(done -> copies(request, file, index + 1, sum));
  }

  /** What is known to be wrong with a copy need not show in what its provider says. */
  private Future<Boolean> deep(Resync request, Replica copy) {
    if (request.deep() || !copy.verified()) {
      return Future.succeededFuture(true);
    }
    String id = FindingId.of(copy.location(), copy.key());
    return bus.request(FindingApi.GET_FINDING, new FindingApi.FindingRef(id))
        .map(reply -> reply.finding() != null && !reply.finding().state().settled());
  }

  private Future<Optional<Finding>> settle(
      Resync request, String fileId, Optional<Finding> found, Replica copy) {
    if (found.isEmpty() || found.get().state() == FindingState.IGNORED) {
      return !copy.verified()
          ? release(request, copy)
          : found.isEmpty() && request.deep()
              ? readWhole(fileId, copy).map(found)
              : Future.succeededFuture(found);
    }
    return desk.take(found.get())
        .compose(
            taken ->
                taken.isEmpty()
                    ? Future.succeededFuture(found)
                    : repairs.attempt(taken.get(), false, request.requester()).map(Optional::of));
  }

  private Future<?> readWhole(String fileId, Replica copy) {
    return bus.request(
        CatalogApi.VERIFIED,
        new CatalogApi.Verified(
            List.of(new CatalogApi.VerifiedCopy(fileId, copy.copyId(), node.clock().instant()))));
  }

  /** A copy that was put aside and is whole has a finding that says why: it ends now. */
  private Future<Optional<Finding>> release(Resync request, Replica copy) {
    String id = FindingId.of(copy.location(), copy.key());
    return desk.require(id)
        .compose(desk::take)
        .compose(
            taken ->
                taken.isEmpty()
                    ? Future.succeededFuture(Optional.<Finding>empty())
                    : repairs.attempt(taken.get(), false, request.requester()).map(Optional::of));
  }

  private static void count(FileRecord file, Replica copy, Optional<Finding> settled, Sum sum) {
    FindingState state = settled.map(Finding::state).orElse(FindingState.GONE);
    if (state.settled()) {
      sum.synced++;
      sum.repaired += state == FindingState.REPAIRED ? 1 : 0;
      return;
    }
    Finding finding = settled.orElseThrow();
    String why = finding.lastError() == null ? finding.detail() : finding.lastError();
    sum.failed.add(new Failed(file.id(), copy.location(), finding.kind() + ": " + why));
  }
}
