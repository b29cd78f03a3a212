package io.movingdata.rules;

import static io.movingdata.testkit.Results.outcome;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.Decision;
import io.movingdata.core.model.FileInsight;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.StateDocument;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What the rules ask of a catalog and a mover, kept in memory and served on a bus. */
public final class FakeCatalog {
  /** Files, by id. */
  public final Map<String, FileRecord> files = new TreeMap<>();

  /** What is known of their use. */
  public final Map<String, FileInsight> insights = new TreeMap<>();

  /** Moves that were asked for, in order. */
  public final List<MoverApi.Submit> submitted = new ArrayList<>();

  /** Pages of files that were read. */
  public int pages;

  private final Map<String, StateDocument> states = new TreeMap<>();

  /** Serves on a bus. */
  public FakeCatalog(Bus bus) {
    outcome(
        Future.all(
            List.of(
                bus.serve(InsightApi.GET_STATE, this::state),
                bus.serve(InsightApi.LIST_STATE, this::states),
                bus.serve(InsightApi.PUT_STATE, this::put),
                bus.serve(InsightApi.GET_INSIGHTS, this::insights),
                bus.serve(InsightApi.SAVE_DECISIONS, this::save),
                bus.serve(
                    InsightApi.PINNED,
                    query -> Future.succeededFuture(new InsightApi.Pins(List.of(), 0))),
                bus.serve(CatalogApi.APPEND_AUDIT, batch -> Future.succeededFuture(Done.DONE)),
                bus.serve(CatalogApi.LIST_FILES, this::page),
                bus.serve(MoverApi.SUBMIT, this::submit))));
  }

  private Future<InsightApi.StateReply> state(InsightApi.StateRef ref) {
    return Future.succeededFuture(
        new InsightApi.StateReply(states.get(ref.kind() + "/" + ref.id())));
  }

  private Future<InsightApi.StateList> states(InsightApi.StateQuery query) {
    return Future.succeededFuture(
        new InsightApi.StateList(
            states.entrySet().stream()
                .filter(one -> one.getKey().startsWith(query.kind() + "/"))
                .map(Map.Entry::getValue)
                .limit(query.limit())
                .toList()));
  }

  private Future<InsightApi.StateReply> put(InsightApi.PutState request) {
    StateDocument wanted = request.document();
    String key = request.kind() + "/" + wanted.id();
    long present = states.containsKey(key) ? states.get(key).version() : 0;
    if (present != wanted.version()) {
      throw MovingDataException.of(ErrorCode.VERSION_CONFLICT, "it has changed");
    }
    states.put(key, wanted.atVersion(present + 1));
    return Future.succeededFuture(new InsightApi.StateReply(states.get(key)));
  }

  private Future<InsightApi.Insights> insights(InsightApi.FileIdList ids) {
    return Future.succeededFuture(
        new InsightApi.Insights(
            ids.ids().stream().map(insights::get).filter(Objects::nonNull).toList()));
  }

  private Future<Done> save(InsightApi.DecisionBatch batch) {
    for (Decision one : batch.decisions()) {
      insights.compute(
          one.fileId(),
          (id, before) ->
              (before == null ? FileInsight.unknown(id, one.at()) : before).decided(one));
    }
    return Future.succeededFuture(Done.DONE);
  }

  private Future<CatalogApi.FilePage> page(CatalogApi.FileQuery query) {
    pages++;
    List<FileRecord> after =
        files.values().stream()
            .filter(one -> query.cursor() == null || one.id().compareTo(query.cursor()) > 0)
            .toList();
    List<FileRecord> page = after.stream().limit(query.limit()).toList();
    String next = after.size() > page.size() ? page.get(page.size() - 1).id() : null;
    return Future.succeededFuture(new CatalogApi.FilePage(page, next, -1));
  }

  private Future<MoverApi.Ticket> submit(MoverApi.Submit request) {
    submitted.add(request);
    return Future.succeededFuture(new MoverApi.Ticket(null, "s3", request.target(), false));
  }
}
