package io.movingdata.consistency.replication;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.ReplicationApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.replication.ReplicationCheck;
import io.movingdata.core.replication.ReplicationInForce;
import io.movingdata.core.replication.ReplicationPolicy;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;

/** Shows the policy, puts another in force, and tries what it would do. */
final class PolicyService {
  private static final int PAGE = 1_000;

  private final Bus bus;
  private final Clock clock;
  private final List<LocationConfig> locations;
  private final ReplicationInForce policies;
  private final SweepBook book;
  private final AuditLog audit;

  PolicyService(NodeContext node, ReplicationInForce policies, SweepBook book, AuditLog audit) {
    this.bus = node.bus();
    this.clock = node.clock();
    this.locations = node.config().locations();
    this.policies = policies;
    this.book = book;
    this.audit = audit;
  }

  /** Serves {@link ReplicationApi#GET_REPLICATION}. */
  Future<ReplicationApi.Replication> get(Done all) {
    return policies
        .current()
        .compose(
            policy ->
                book.read()
                    .map(
                        state ->
                            new ReplicationApi.Replication(
                                policy, state.progress(policy.trivial()))));
  }

  /** Serves {@link ReplicationApi#PUT_POLICY}. */
  Future<ReplicationPolicy> put(ReplicationApi.PutPolicy request) {
    ReplicationPolicy wanted = ReplicationCheck.check(request.policy(), locations);
    return policies
        .replace(wanted, request.requester().principal(), clock)
        .onSuccess(
            now ->
                audit.record(
                    request.requester(),
                    "replication.put",
                    null,
                    null,
                    "allowed",
                    "version " + now.version(),
                    null));
  }

  /** Serves {@link ReplicationApi#EVALUATE}. */
  Future<ReplicationApi.Evaluation> evaluate(ReplicationApi.Evaluate request) {
    Future<ReplicationPolicy> tried =
        request.policy() == null
            ? policies.current()
            : Future.succeededFuture(ReplicationCheck.check(request.policy(), locations));
    return tried.compose(
        policy -> {
          WhatIf sum = new WhatIf(policy, locations);
          return request.fileId() == null
              ? page(sum, null)
              : one(sum, FileIds.require(request.fileId()));
        });
  }

  private Future<ReplicationApi.Evaluation> one(WhatIf sum, String fileId) {
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(fileId, false))
        .map(
            reply -> {
              if (reply.file() == null) {
                throw MovingDataException.of(ErrorCode.OBJECT_NOT_FOUND, "no file of this id");
              }
              sum.add(reply.file());
              return sum.result(true);
            });
  }

  private Future<ReplicationApi.Evaluation> page(WhatIf sum, String cursor) {
    return bus.request(
            CatalogApi.LIST_FILES,
            new CatalogApi.FileQuery(null, null, null, "id", PAGE, cursor, false))
        .compose(
            page -> {
              page.files().forEach(sum::add);
              return page.next() == null
                  ? Future.succeededFuture(sum.result(false))
                  : page(sum, page.next());
            });
  }
}
