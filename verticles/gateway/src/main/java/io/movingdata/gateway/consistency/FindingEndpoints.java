package io.movingdata.gateway.consistency;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.ConsistencyApi;
import io.movingdata.core.contract.ConsistencyApi.Failed;
import io.movingdata.core.contract.ConsistencyApi.Resync;
import io.movingdata.core.contract.ConsistencyApi.ResyncReply;
import io.movingdata.core.contract.FindingApi;
import io.movingdata.core.contract.FindingApi.FindingQuery;
import io.movingdata.core.contract.MirrorApi;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.FindingId;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.model.Pass;
import io.movingdata.core.model.Requester;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Bodies;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.JsonFields;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Paging;
import io.movingdata.gateway.http.Query;
import io.movingdata.gateway.http.Routes;
import io.movingdata.gateway.once.Once;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Findings, choices, and {@code /consistency/resync}. */
final class FindingEndpoints {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MOST = 1_000;
  private static final int MOST_MIRRORS = 32;
  private static final int MOST_FILES = 1_000;

  /** A file that is read and copied anew may be large. */
  private static final Duration A_FILE = Duration.ofMinutes(10);

  private final Bus bus;
  private final Room room;
  private final Bodies bodies;
  private final Once once;
  private final StoreChoice store;

  FindingEndpoints(Bus bus, Bodies bodies, Once once, StoreChoice store) {
    this.store = store;
    this.bus = bus;
    this.room = new Room(bus);
    this.bodies = bodies;
    this.once = once;
  }

  void bind(Routes routes) {
    routes.bind(Operation.LIST_FINDINGS, this::list);
    routes.bind(Operation.RESOLVE_CONFLICT, this::resolve);
    routes.bind(Operation.RESYNC, this::resync);
  }

  private Future<Answer> list(Call call) {
    Query query = call.query();
    List<FindingState> states = new ArrayList<>();
    for (String state : query.texts("state")) {
      states.add(read(query, "state", FindingState.values(), state));
    }
    String kind = query.text("kind");
    FindingKind only = kind == null ? null : read(query, "kind", FindingKind.values(), kind);
    String cursor = query.text("cursor");
    if (cursor != null && !FindingId.matches(cursor)) {
      query.refuse("cursor", "is none of ours");
    }
    String location = query.text("location");
    String fileId = query.text("file_id");
    int limit = query.number("limit", 1, MOST, DEFAULT_LIMIT);
    query.check();
    return bus.request(
            FindingApi.LIST_FINDINGS,
            new FindingQuery(
                states.stream().filter(Objects::nonNull).toList(),
                only,
                location,
                fileId,
                null,
                limit,
                cursor))
        .map(
            page ->
                Answer.shown(200, page.findings())
                    .with(
                        "Link",
                        Paging.link(call.target().path(), call.target().query(), page.next())));
  }

  private static <E extends Enum<E>> E read(Query query, String field, E[] values, String word) {
    return Arrays.stream(values)
        .filter(v -> Json.mapper().convertValue(v, String.class).equals(word))
        .findFirst()
        .orElseGet(
            () -> {
              query.refuse(
                  field,
                  "must be one of "
                      + Arrays.stream(values)
                          .map(v -> Json.mapper().convertValue(v, String.class))
                          .toList());
              return null;
            });
  }

  private Future<Answer> resolve(Call call) {
    call.noQuery();
    return bodies
        .required(call)
        .compose(
            fields -> {
              String choice = fields.text("choice");
              Requester who = call.requester(fields.principalRoles());
              fields.check();
              String id = call.path("finding_id");
              return choice.equals("store")
                  ? store.take(id, who)
                  : room.ask(
                          ConsistencyApi.RESOLVE,
                          new ConsistencyApi.Resolve(id, choice, who),
                          A_FILE)
                      .map(FindingApi.FindingReply::finding);
            })
        .map(finding -> Answer.shown(200, finding));
  }

  private Future<Answer> resync(Call call) {
    call.noQuery();
    return bodies.optional(call).compose(fields -> resync(call, fields));
  }

  private Future<Answer> resync(Call call, JsonFields fields) {
    List<String> files = fields.texts("file_ids", MOST_FILES);
    List<String> mirrors = fields.texts("endpoints", MOST_MIRRORS);
    boolean deep = fields.flag("deep");
    Requester who = call.requester(fields.principalRoles());
    if (files != null && files.isEmpty()) {
      fields.refuse("file_ids", "must name at least one file, or be absent for all");
    }
    if (mirrors != null && (files != null || deep)) {
      fields.refuse("endpoints", "are told of every file: give neither file_ids nor deep");
    }
    fields.check();
    if (mirrors != null) {
      MirrorApi.Resync everything = new MirrorApi.Resync(mirrors, who);
      return once.run(
          call,
          who,
          fields.toString(),
          () -> room.ask(MirrorApi.RESYNC, everything).map(told -> Answer.shown(202, told)));
    }
    return once.run(
        call,
        who,
        fields.toString(),
        () ->
            files == null
                ? room.ask(
                        ConsistencyApi.START_PASS,
                        new ConsistencyApi.StartPass(
                            deep ? Pass.Kind.DEEP : Pass.Kind.LIGHT, true, false, who))
                    .map(ConsistencyEndpoints::accepted)
                : each(files, 0, deep, who, new ResyncReply(0, 0, 0, List.of()))
                    .map(sum -> Answer.shown(200, sum)));
  }

  private Future<ResyncReply> each(
      List<String> files, int index, boolean deep, Requester who, ResyncReply before) {
    if (index == files.size()) {
      return Future.succeededFuture(before);
    }
    return room.ask(ConsistencyApi.RESYNC, new Resync(List.of(files.get(index)), deep, who), A_FILE)
        .compose(done -> each(files, index + 1, deep, who, sum(before, done)));
  }

  private static ResyncReply sum(ResyncReply one, ResyncReply other) {
    List<Failed> failed = new ArrayList<>(one.failed());
    failed.addAll(other.failed());
    return new ResyncReply(
        one.attempted() + other.attempted(),
        one.synced() + other.synced(),
        one.repaired() + other.repaired(),
        failed);
  }
}
