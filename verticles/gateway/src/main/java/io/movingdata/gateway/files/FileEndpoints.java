package io.movingdata.gateway.files;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.contract.RulesApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileInsight;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Requester;
import io.movingdata.core.security.PolicySnapshot;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Paging;
import io.movingdata.gateway.http.Routes;
import io.movingdata.gateway.moves.MoveView;
import io.movingdata.gateway.tiering.TieringEndpoints;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Looking at files. */
public final class FileEndpoints {
  private static final int HISTORY = 20;

  private final NodeContext node;
  private final Bus bus;
  private final FileView view;
  private final MoveView moves;
  private final AuditLog audit;

  public FileEndpoints(NodeContext node, FileView view, MoveView moves, AuditLog audit) {
    this.node = node;
    this.bus = node.bus();
    this.view = view;
    this.moves = moves;
    this.audit = audit;
  }

  /** Binds the operations. */
  public void bind(Routes routes) {
    routes
        .bind(Operation.LIST_FILES, this::list)
        .bind(Operation.GET_FILE, this::get)
        .bind(Operation.GET_POLICY, this::policy);
  }

  private Future<Answer> list(Call call) {
    CatalogApi.FileQuery query = FileQueries.of(call.query(), node.config());
    if (query.locations() != null && query.locations().isEmpty()) {
      return Future.succeededFuture(page(call, new CatalogApi.FilePage(null, null, 0), Map.of()));
    }
    return bus.request(CatalogApi.LIST_FILES, query)
        .compose(
            page ->
                insights(page.files().stream().map(FileRecord::id).toList())
                    .map(insights -> page(call, page, insights)));
  }

  /** What is known of the use of files; a file is shown without it where that cannot be had. */
  private Future<Map<String, FileInsight>> insights(List<String> ids) {
    if (ids.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return bus.request(InsightApi.GET_INSIGHTS, new InsightApi.FileIdList(ids))
        .map(
            found ->
                found.files().stream()
                    .collect(Collectors.toMap(FileInsight::fileId, insight -> insight)))
        .otherwise(Map.of());
  }

  private Answer page(Call call, CatalogApi.FilePage page, Map<String, FileInsight> insights) {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    page.files().forEach(file -> items.add(view.of(file, insights.get(file.id()))));
    return Answer.json(200, items)
        .with("X-Total-Count", Long.toString(page.total()))
        .with("Link", Paging.link("/files", call.target().query(), page.next()));
  }

  private Future<Answer> get(Call call) {
    call.noQuery();
    String id = call.fileId();
    return file(id)
        .compose(
            file ->
                Future.all(
                        bus.request(
                            CatalogApi.LIST_MOVES,
                            new CatalogApi.MoveQuery(null, id, null, HISTORY, null)),
                        insights(List.of(id)))
                    .map(
                        both -> {
                          Map<String, FileInsight> insights = both.resultAt(1);
                          return detail(file, insights.get(id), both.resultAt(0));
                        }));
  }

  private Answer detail(FileRecord file, FileInsight insight, CatalogApi.MovePage history) {
    ObjectNode body = view.of(file, insight);
    ArrayNode all = body.putArray("history");
    history.moves().forEach(move -> all.add(moves.of(move)));
    return Answer.json(200, body).with("ETag", "\"" + file.sha256() + "\"");
  }

  private Future<Answer> policy(Call call) {
    call.noQuery();
    Requester who = call.requester();
    return file(call.fileId())
        .compose(
            file -> {
              audit.record(who, "policy.read", file.id(), file.primary(), "allowed", null, null);
              ObjectNode body = policyOf(file);
              return bus.request(RulesApi.EVALUATE, new RulesApi.Evaluate(file.id(), null, null))
                  .onSuccess(evaluation -> TieringEndpoints.describe(body, evaluation))
                  .transform(decided -> Future.succeededFuture(Answer.json(200, body)));
            });
  }

  private ObjectNode policyOf(FileRecord file) {
    PolicySnapshot now =
        node.policy()
            .get()
            .describe(file.primary(), node.config().requireLocation(file.primary()).keyring());
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("file_id", file.id());
    body.putNull("recommendation").putNull("confidence").putNull("source").putNull("model_type");
    body.putArray("rationale");
    body.putObject("features");
    body.set("security_policy", Json.mapper().valueToTree(now));
    body.set("recorded_policy", Json.mapper().valueToTree(file.policy()));
    return body;
  }

  private Future<FileRecord> file(String id) {
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(id, false))
        .map(
            reply -> {
              if (reply.file() == null) {
                throw MovingDataException.of(ErrorCode.OBJECT_NOT_FOUND, "no file of this id");
              }
              return reply.file();
            });
  }
}
