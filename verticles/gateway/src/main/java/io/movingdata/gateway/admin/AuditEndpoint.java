package io.movingdata.gateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.json.Json;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Paging;
import io.movingdata.gateway.http.Query;
import io.movingdata.gateway.http.Routes;
import io.vertx.core.Future;

/** {@code /audit}: who did what to which object, and what was decided. */
public final class AuditEndpoint {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MOST = 1_000;

  private final Bus bus;

  public AuditEndpoint(Bus bus) {
    this.bus = bus;
  }

  /** Binds the operation. */
  public void bind(Routes routes) {
    routes.bind(Operation.SEARCH_AUDIT, this::search);
  }

  private Future<Answer> search(Call call) {
    Query query = call.query();
    CatalogApi.AuditQuery wanted =
        new CatalogApi.AuditQuery(
            query.text("file_id"),
            query.text("principal"),
            query.text("action"),
            query.text("decision"),
            query.text("move_id"),
            query.time("from"),
            query.time("to"),
            query.number("limit", 1, MOST, DEFAULT_LIMIT),
            query.text("cursor"));
    query.check();
    return bus.request(CatalogApi.SEARCH_AUDIT, wanted)
        .map(
            page -> {
              ArrayNode items = JsonNodeFactory.instance.arrayNode();
              page.entries().forEach(e -> items.add(Json.mapper().<JsonNode>valueToTree(e)));
              String raw = call.target().query();
              return Answer.json(200, items).with("Link", Paging.link("/audit", raw, page.next()));
            });
  }
}
