package io.movingdata.gateway.http;

import java.util.Locale;

/** Every operation of the API: its method, its path as in the document, and its operation id. */
public enum Operation {
  GET_HEALTH("GET", "/health"),
  GET_LIVENESS("GET", "/health/live"),
  GET_READINESS("GET", "/health/ready"),
  LIST_FILES("GET", "/files"),
  PUT_CONTENT("PUT", "/files/{file_id}/content"),
  GET_CONTENT("GET", "/files/{file_id}/content"),
  HEAD_CONTENT("HEAD", "/files/{file_id}/content"),
  DELETE_CONTENT("DELETE", "/files/{file_id}/content"),
  GET_FILE("GET", "/files/{file_id}"),
  GET_POLICY("GET", "/policy/{file_id}"),
  MOVE_FILE("POST", "/move"),
  START_BULK("POST", "/moves"),
  LIST_MOVES("GET", "/moves"),
  LIST_JOBS("GET", "/moves/jobs"),
  GET_JOB("GET", "/moves/jobs/{job_id}"),
  CANCEL_JOB("POST", "/moves/jobs/{job_id}/cancel"),
  GET_MOVE("GET", "/moves/{move_id}"),
  CANCEL_MOVE("POST", "/moves/{move_id}/cancel"),
  RETRY_MOVE("POST", "/moves/{move_id}/retry"),
  ADD_REPLICAS("POST", "/replicas/{file_id}"),
  DROP_REPLICA("DELETE", "/replicas/{file_id}/{location}"),
  GET_REPLICATION("GET", "/replication"),
  PUT_REPLICATION("PUT", "/replication"),
  EVALUATE_REPLICATION("POST", "/replication/evaluate"),
  INGEST_EVENT("POST", "/ingest_event"),
  STREAM_METRICS("GET", "/streaming/metrics"),
  TRAIN_MODEL("POST", "/predictive/train"),
  GET_TRAINING("GET", "/predictive/trainings/{training_id}"),
  CANCEL_TRAINING("POST", "/predictive/trainings/{training_id}/cancel"),
  LIST_MODELS("GET", "/models"),
  ACTIVATE_MODEL("POST", "/models/{version}/activate"),
  GET_RULES("GET", "/rules"),
  PUT_RULES("PUT", "/rules"),
  EVALUATE_RULES("POST", "/rules/evaluate"),
  GET_COSTS("GET", "/costs"),
  LIST_ALERTS("GET", "/alerts"),
  ACKNOWLEDGE_ALERT("POST", "/alerts/{alert_id}/ack"),
  GET_AUTOPILOT("GET", "/autopilot"),
  PUT_AUTOPILOT("PUT", "/autopilot"),
  SIMULATE_BURST("POST", "/simulate/burst"),
  GET_BURST("GET", "/simulate/bursts/{burst_id}"),
  CANCEL_BURST("POST", "/simulate/bursts/{burst_id}/cancel"),
  GET_SIMULATOR("GET", "/simulator"),
  PUT_SIMULATOR("PUT", "/simulator"),
  SEND_READING("POST", "/stream/event"),
  PEEK_READINGS("GET", "/stream/peek"),
  GET_CONSISTENCY("GET", "/consistency/status"),
  RESYNC("POST", "/consistency/resync"),
  START_PASS("POST", "/consistency/passes"),
  GET_PASS("GET", "/consistency/passes/{pass_id}"),
  CANCEL_PASS("POST", "/consistency/passes/{pass_id}/cancel"),
  LIST_FINDINGS("GET", "/consistency/findings"),
  RESOLVE_CONFLICT("POST", "/consistency/conflicts/{finding_id}/resolve"),
  START_BACKUP("POST", "/backups"),
  LIST_BACKUPS("GET", "/backups"),
  SEED("POST", "/seed"),
  TEST_STORAGE("POST", "/storage_test"),
  LIST_LOCATIONS("GET", "/locations"),
  SEARCH_AUDIT("GET", "/audit"),
  STREAM_EVENTS("GET", "/events"),
  GET_METRICS("GET", "/metrics"),
  GET_OPENAPI("GET", "/openapi.json"),
  GET_DOCS("GET", "/docs"),
  GET_PROBLEM("GET", "/problems/{slug}");

  private final String method;
  private final String path;

  Operation(String method, String path) {
    this.method = method;
    this.path = path;
  }

  /** The HTTP method. */
  public String method() {
    return method;
  }

  /** The path as in the document, with its parameters in braces. */
  public String path() {
    return path;
  }

  /** Whether it is for everybody: health, metrics where they are offered, and documents. */
  public boolean isPublic() {
    return switch (this) {
      case GET_HEALTH, GET_LIVENESS, GET_READINESS -> true;
      case GET_METRICS, GET_OPENAPI, GET_DOCS, GET_PROBLEM -> true;
      default -> false;
    };
  }

  /** The operation id: the name in camel case, as in {@code getFile}. */
  public String id() {
    StringBuilder id = new StringBuilder();
    for (String word : name().toLowerCase(Locale.ROOT).split("_", -1)) {
      id.append(
          id.length() == 0 ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return id.toString();
  }
}
