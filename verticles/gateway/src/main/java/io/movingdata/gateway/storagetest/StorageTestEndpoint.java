package io.movingdata.gateway.storagetest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Requester;
import io.movingdata.core.security.AccessDecision;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Bodies;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Routes;
import io.movingdata.gateway.once.Once;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** {@code /storage_test}: every location that the caller may use is tried. */
public final class StorageTestEndpoint {
  private final NodeContext node;
  private final StorageClient storage;
  private final Bodies bodies;
  private final Once once;
  private final AuditLog audit;

  public StorageTestEndpoint(
      NodeContext node, StorageClient storage, Bodies bodies, Once once, AuditLog audit) {
    this.node = node;
    this.storage = storage;
    this.bodies = bodies;
    this.once = once;
    this.audit = audit;
  }

  /** Binds the operation. */
  public void bind(Routes routes) {
    routes.bind(Operation.TEST_STORAGE, this::test);
  }

  private Future<Answer> test(Call call) {
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
                  () -> test(who).map(result -> Answer.json(200, result)));
            });
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
