package io.movingdata.consistency.repair;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.audit.Authorizer;
import io.movingdata.core.contract.ConsistencyApi.Resolve;
import io.movingdata.core.contract.FindingApi.FindingReply;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingState;
import io.vertx.core.Future;
import java.util.List;

/** Carries out what a person chose for a finding. */
final class ResolveService {
  private final NodeContext node;
  private final FindingDesk desk;
  private final Repairs repairs;
  private final OrphanService orphans;
  private final Authorizer authorizer;
  private final AuditLog audit;

  ResolveService(
      NodeContext node,
      FindingDesk desk,
      Repairs repairs,
      OrphanService orphans,
      Authorizer authorizer,
      AuditLog audit) {
    this.node = node;
    this.desk = desk;
    this.repairs = repairs;
    this.orphans = orphans;
    this.authorizer = authorizer;
    this.audit = audit;
  }

  /** Carries out {@code ConsistencyApi.RESOLVE}. */
  Future<FindingReply> resolve(Resolve request) {
    return desk.require(request.findingId())
        .compose(
            finding -> {
              allowed(request, finding);
              return desk.take(finding);
            })
        .compose(
            taken ->
                carryOut(
                    request,
                    taken.orElseThrow(
                        () ->
                            MovingDataException.of(
                                ErrorCode.VERSION_CONFLICT,
                                "the finding changes just now; look again"))))
        .map(FindingReply::new);
  }

  private void allowed(Resolve request, Finding finding) {
    if (finding.state().settled()) {
      throw MovingDataException.of(ErrorCode.CONFLICT, "the finding is settled already");
    }
    if (finding.location() != null && node.config().location(finding.location()).isPresent()) {
      authorizer.require(
          request.requester(),
          "finding." + request.choice(),
          finding.fileId(),
          List.of(finding.location()));
    }
    boolean ofReplica = finding.kind().ofReplica();
    switch (request.choice()) {
      case "ignore" -> {}
      case "catalog", "retry" -> {
        if (!ofReplica) {
          throw MovingDataException.invalid(
              "choice", "is for copies that a file references: use delete or ignore");
        }
      }
      case "delete" -> {
        String why = orphans.why(finding);
        if (why != null) {
          throw MovingDataException.of(ErrorCode.POLICY_DENIED, why);
        }
      }
      default ->
          throw MovingDataException.invalid(
              "choice", "must be catalog, store, retry, delete or ignore");
    }
  }

  private Future<Finding> carryOut(Resolve request, Finding finding) {
    String by = request.requester().principal();
    return switch (request.choice()) {
      case "ignore" ->
          desk.settle(finding, new Outcome(FindingState.IGNORED, null, false), by)
              .onSuccess(
                  done ->
                      audit.record(
                          request.requester(),
                          "finding.ignore",
                          finding.fileId(),
                          finding.location(),
                          "done",
                          finding.detail(),
                          null));
      case "delete" -> orphans.discard(finding, request.requester());
      default -> repairs.attempt(finding, request.choice().equals("catalog"), request.requester());
    };
  }
}
