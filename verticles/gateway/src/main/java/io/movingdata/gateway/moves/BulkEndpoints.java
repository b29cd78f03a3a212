package io.movingdata.gateway.moves;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.MoveJob;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.Requester;
import io.movingdata.core.model.Selector;
import io.movingdata.core.model.TimeId;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Bodies;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.JsonFields;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Query;
import io.movingdata.gateway.http.Routes;
import io.movingdata.gateway.once.Once;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Moving and copying many files at once. */
public final class BulkEndpoints {
  private static final int MOST_IDS = 1_000;
  private static final long BACKGROUND = 3;
  private static final int MOST_JOBS = 1_000;

  /** A plan reads the whole selection. */
  private static final Duration PLANNING = Duration.ofSeconds(110);

  private final Bus bus;
  private final Bodies bodies;
  private final MoveView view;
  private final Once once;

  public BulkEndpoints(Bus bus, Bodies bodies, MoveView view, Once once) {
    this.bus = bus;
    this.bodies = bodies;
    this.view = view;
    this.once = once;
  }

  /** Binds the operations. */
  public void bind(Routes routes) {
    routes
        .bind(Operation.START_BULK, this::start)
        .bind(Operation.LIST_JOBS, this::list)
        .bind(Operation.GET_JOB, this::get)
        .bind(Operation.CANCEL_JOB, this::cancel);
  }

  private Future<Answer> start(Call call) {
    call.noQuery();
    return bodies.required(call).compose(fields -> start(call, fields));
  }

  private Future<Answer> start(Call call, JsonFields fields) {
    Selector selector = selector(fields.object("selector"), fields);
    String target = fields.text("target");
    boolean dryRun = fields.flag("dry_run");
    int priority = fields.number("priority", 0, 9, BACKGROUND).intValue();
    MoveKind kind = fields.flag("replicate") ? MoveKind.COPY : MoveKind.MOVE;
    List<String> roles = fields.principalRoles();
    fields.check();
    Requester who = call.requester(roles);
    MoverApi.Bulk bulk = new MoverApi.Bulk(selector, target, kind, priority, dryRun, who);
    if (dryRun) {
      return bus.request(MoverApi.BULK, bulk, PLANNING).map(plan -> Answer.json(200, plan(plan)));
    }
    return once.run(
        call,
        who,
        fields.toString(),
        () -> bus.request(MoverApi.BULK, bulk, PLANNING).map(this::started));
  }

  private static Selector selector(JsonFields given, JsonFields whole) {
    List<String> ids = given.texts("ids", MOST_IDS);
    Selector selector =
        new Selector(
            ids,
            given.optionalText("prefix"),
            given.optionalText("location"),
            given.optionalText("tier"),
            given.time("older_than"),
            given.number("min_bytes", 0, Long.MAX_VALUE, null),
            given.number("max_bytes", 0, Long.MAX_VALUE, null));
    boolean empty =
        Stream.of(
                selector.ids(),
                selector.prefix(),
                selector.location(),
                selector.tier(),
                selector.olderThan(),
                selector.minBytes(),
                selector.maxBytes())
            .allMatch(condition -> condition == null);
    if (empty) {
      whole.refuse("selector", "needs at least one usable condition");
    }
    for (int i = 0; ids != null && i < ids.size(); i++) {
      try {
        FileIds.require(ids.get(i));
      } catch (MovingDataException e) {
        given.refuse("ids[" + i + "]", e.fields().get(0).message());
      }
    }
    return selector;
  }

  private static ObjectNode plan(MoverApi.BulkReply plan) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("count", plan.count());
    body.put("bytes", plan.bytes());
    body.put("skipped", plan.skipped());
    body.put("egress_cost_usd", plan.egressCost());
    body.put("estimated_seconds", plan.estimatedSeconds());
    return body;
  }

  private Answer started(MoverApi.BulkReply reply) {
    ObjectNode body = view.of(reply.job());
    body.set("plan", plan(reply));
    return Answer.json(202, body).with("Location", "/moves/jobs/" + reply.job().jobId());
  }

  private Future<Answer> list(Call call) {
    Query query = call.query();
    String running = query.text("running");
    int limit = query.number("limit", 1, MOST_JOBS, 100);
    if (running != null && !running.matches("true|false")) {
      query.refuse("running", "must be true or false");
    }
    query.check();
    return bus.request(CatalogApi.LIST_JOBS, new CatalogApi.JobQuery("true".equals(running), limit))
        .map(
            list -> {
              ArrayNode items = JsonNodeFactory.instance.arrayNode();
              list.jobs().forEach(job -> items.add(view.of(job)));
              return Answer.json(200, items);
            });
  }

  private Future<Answer> get(Call call) {
    call.noQuery();
    return bus.request(CatalogApi.GET_JOB, new CatalogApi.GetJob(jobId(call)))
        .map(reply -> Answer.json(200, view.of(present(reply.job()))));
  }

  private static MoveJob present(MoveJob job) {
    if (job == null) {
      throw MovingDataException.of(ErrorCode.MOVE_NOT_FOUND, "no job of this id");
    }
    return job;
  }

  private Future<Answer> cancel(Call call) {
    call.noQuery();
    String jobId = jobId(call);
    return bodies
        .optional(call)
        .compose(
            fields -> {
              Requester who = call.requester(fields.principalRoles());
              fields.check();
              MoverApi.JobRef job = new MoverApi.JobRef(jobId, who);
              return once.run(
                  call,
                  who,
                  fields.toString(),
                  () ->
                      bus.request(MoverApi.CANCEL_JOB, job)
                          .map(reply -> Answer.json(200, view.of(reply.job()))));
            });
  }

  private static String jobId(Call call) {
    String id = call.path("job_id");
    if (!TimeId.valid(id)) {
      throw MovingDataException.of(ErrorCode.MOVE_NOT_FOUND, "no job of this id");
    }
    return id;
  }
}
