package io.movingdata.gateway.moves;

import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.core.contract.CatalogApi.MoveQuery;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.TimeId;
import io.movingdata.gateway.http.Query;
import java.util.Arrays;
import java.util.List;

/** From the parameters of {@code GET /moves} to the catalog's query. */
final class MoveQueries {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MOST = 1_000;

  private MoveQueries() {}

  static MoveQuery of(Query query) {
    String state = query.text("state");
    String fileId = query.text("file_id");
    String jobId = query.text("job_id");
    int limit = query.number("limit", 1, MOST, DEFAULT_LIMIT);
    String cursor = query.text("cursor");
    MoveState wanted = state == null ? null : state(state);
    if (state != null && wanted == null) {
      query.refuse("state", "must be one of " + words());
    }
    if (jobId != null && !TimeId.valid(jobId)) {
      query.refuse("job_id", "is not a job id");
    }
    if (fileId != null) {
      try {
        FileIds.require(fileId);
      } catch (MovingDataException e) {
        e.fields().forEach(field -> query.refuse(field.field(), field.message()));
      }
    }
    query.check();
    return new MoveQuery(wanted, fileId, jobId, limit, cursor);
  }

  private static MoveState state(String word) {
    return Arrays.stream(MoveState.values())
        .filter(state -> word(state).equals(word))
        .findFirst()
        .orElse(null);
  }

  private static List<String> words() {
    return Arrays.stream(MoveState.values()).map(MoveQueries::word).toList();
  }

  private static String word(MoveState state) {
    JsonNode word = Json.mapper().valueToTree(state);
    return word.textValue();
  }
}
