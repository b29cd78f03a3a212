package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.catalog.store.VersionedCollection;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.contract.InsightApi.PutState;
import io.movingdata.core.contract.InsightApi.StateList;
import io.movingdata.core.contract.InsightApi.StateQuery;
import io.movingdata.core.contract.InsightApi.StateRef;
import io.movingdata.core.contract.InsightApi.StateReply;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.StateDocument;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;

/** Documents that other rooms keep: a collection for each kind. */
final class StateService {
  private static final JsonObject NEWEST_FIRST = new JsonObject().put("updated_at", -1);

  private final Map<String, VersionedCollection<StateDocument>> kinds;

  StateService(DocumentStore store) {
    DocumentLayout<StateDocument> layout = new DocumentLayout<>(StateDocument.class, "id");
    this.kinds =
        InsightApi.KINDS.stream()
            .collect(
                Collectors.toMap(
                    kind -> kind,
                    kind ->
                        new VersionedCollection<>(store, kind, layout, StateDocument::atVersion)));
  }

  private VersionedCollection<StateDocument> of(String kind) {
    VersionedCollection<StateDocument> documents = kind == null ? null : kinds.get(kind);
    if (documents == null) {
      throw MovingDataException.invalid("kind", "must be one of " + kinds.keySet());
    }
    return documents;
  }

  private static String checked(String id) {
    if (id == null || id.isEmpty() || id.length() > 128) {
      throw MovingDataException.invalid("id", "must have 1 to 128 characters");
    }
    return id;
  }

  /** Carries out {@code InsightApi.GET_STATE}. */
  Future<StateReply> get(StateRef request) {
    return of(request.kind())
        .get(checked(request.id()))
        .map(found -> new StateReply(found.orElse(null)));
  }

  /** Carries out {@code InsightApi.LIST_STATE}. */
  Future<StateList> list(StateQuery query) {
    return of(query.kind())
        .find(new JsonObject(), NEWEST_FIRST, Ids.limit(query.limit()))
        .map(StateList::new);
  }

  /** Carries out {@code InsightApi.PUT_STATE}. */
  Future<StateReply> put(PutState request) {
    StateDocument document = request.document();
    checked(document.id());
    VersionedCollection<StateDocument> documents = of(request.kind());
    return (document.version() == 0
            ? documents.insert(document, 1)
            : documents.replace(document, document.version()))
        .map(
            written ->
                new StateReply(
                    written.orElseThrow(
                        () ->
                            MovingDataException.of(
                                ErrorCode.VERSION_CONFLICT, "it has changed since it was read"))));
  }
}
