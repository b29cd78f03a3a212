package io.movingdata.gateway.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Requester;
import io.movingdata.core.security.AccessDecision;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.gateway.content.UploadService;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Bodies;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Routes;
import io.movingdata.gateway.moves.Once;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** {@code /seed} and {@code /storage_test}. */
public final class AdminEndpoints {
  private static final int MOST_ROLES = 32;

  private final NodeContext node;
  private final StorageClient storage;
  private final Bodies bodies;
  private final Once once;
  private final AuditLog audit;
  private final SeedService seeds;

  public AdminEndpoints(
      NodeContext node,
      StorageClient storage,
      Bodies bodies,
      Once once,
      UploadService uploads,
      AuditLog audit) {
    this.node = node;
    this.storage = storage;
    this.bodies = bodies;
    this.once = once;
    this.audit = audit;
    this.seeds = new SeedService(node, storage, uploads);
  }

  /** Binds the operations. */
  public void bind(Routes routes) {
    routes
        .bind(Operation.SEED, call -> once(call, this::seed))
        .bind(Operation.TEST_STORAGE, call -> once(call, this::test));
  }

  private Future<Answer> once(Call call, Function<Requester, Future<ObjectNode>> work) {
    call.noQuery();
    return bodies
        .optional(call)
        .compose(
            fields -> {
              Requester who = call.requester(fields.texts("principal_roles", MOST_ROLES));
              fields.check();
              return once.run(
                  call,
                  who,
                  fields.toString(),
                  () -> work.apply(who).map(result -> Answer.json(200, result)));
            });
  }

  private Future<ObjectNode> seed(Requester who) {
    return seeds
        .seed(who)
        .onSuccess(
            result -> audit.record(who, "seed", null, null, "done", result.toString(), null));
  }

  private Future<ObjectNode> test(Requester who) {
    ObjectNode results = JsonNodeFactory.instance.objectNode();
    List<Future<?>> tests = new ArrayList<>();
    for (LocationConfig location : node.config().locations()) {
      AccessDecision decision = node.policy().get().authorize(location.id(), who.roles());
      String word = decision.allowed() ? "allowed" : "denied";
      audit.record(who, "storage_test", null, location.id(), word, decision.reason(), null);
      if (decision.allowed()) {
        results.putObject(location.id());
        tests.add(
            new StorageTest(node, storage, location)
                .run()
                .map(result -> results.set(location.id(), result)));
      } else {
        results
            .putObject(location.id())
            .put("ok", false)
            .put("bucket", location.bucket())
            .put("error", decision.reason());
      }
    }
    return Future.all(tests).map(results);
  }
}
