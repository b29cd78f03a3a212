package io.movingdata.gateway.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Requester;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.gateway.content.UploadService;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Bodies;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Routes;
import io.movingdata.gateway.once.Once;
import io.vertx.core.Future;

/** {@code /seed}. */
public final class SeedEndpoint {
  private final Bodies bodies;
  private final Once once;
  private final AuditLog audit;
  private final SeedService seeds;

  public SeedEndpoint(
      NodeContext node,
      StorageClient storage,
      Bodies bodies,
      Once once,
      UploadService uploads,
      AuditLog audit) {
    this.bodies = bodies;
    this.once = once;
    this.audit = audit;
    this.seeds = new SeedService(node, storage, uploads);
  }

  /** Binds the operation. */
  public void bind(Routes routes) {
    routes.bind(Operation.SEED, this::seed);
  }

  private Future<Answer> seed(Call call) {
    call.noQuery();
    return bodies
        .optional(call)
        .compose(
            fields -> {
              Requester who = call.requester(fields.principalRoles());
              fields.check();
              return once.run(
                  call,
                  who,
                  fields.toString(),
                  () -> seed(who).map(result -> Answer.json(200, result)));
            });
  }

  private Future<ObjectNode> seed(Requester who) {
    return seeds
        .seed(who)
        .onSuccess(
            result -> audit.record(who, "seed", null, null, "done", result.toString(), null));
  }
}
