package io.movingdata.gateway.http;

import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.Requester;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** One request on its way through an operation. */
public final class Call {
  private final RoutingContext context;
  private final Operation operation;
  private final RawTarget target;
  private final Map<String, String> rawValues;
  private final Authentication authentication;

  Call(
      RoutingContext context,
      Operation operation,
      RawTarget target,
      Map<String, String> rawValues,
      Authentication authentication) {
    this.context = context;
    this.operation = operation;
    this.target = target;
    this.rawValues = rawValues;
    this.authentication = authentication;
  }

  /** The request, paused if it has a body. */
  public HttpServerRequest request() {
    return context.request();
  }

  /** The response. */
  public HttpServerResponse response() {
    return context.response();
  }

  /** What was asked for. */
  public Operation operation() {
    return operation;
  }

  /** The id that ties answer, log and audit trail together. */
  public String traceId() {
    return Exchange.of(context).traceId();
  }

  /** Runs something once the answer is out, or the client is gone. */
  public void onEnd(Runnable then) {
    context.addEndHandler(ended -> then.run());
  }

  /** The raw path and query. */
  public RawTarget target() {
    return target;
  }

  /** A request header, null where absent. */
  public String header(String name) {
    return request().getHeader(name);
  }

  /** A parameter of the path, decoded. */
  public String path(String name) {
    return Percent.decode(rawValues.get(name))
        .orElseThrow(() -> MovingDataException.invalid(name, "is not percent-encoded UTF-8"));
  }

  /** The file id in the path. */
  public String fileId() {
    return FileIds.require(path("file_id"));
  }

  /** The query. */
  public Query query() {
    return Query.parse(target.query());
  }

  /** Refuses any query parameter. */
  public void noQuery() {
    query().check();
  }

  /** On whose behalf a request without roles in a body comes. */
  public Requester requester() {
    return requester(null);
  }

  /** On whose behalf a request comes whose body may name roles. */
  public Requester requester(List<String> bodyRoles) {
    return authentication.requester(request().headers(), bodyRoles, traceId());
  }

  /** Whether the request has a body. */
  public boolean hasBody() {
    return Bodies.announced(request());
  }
}
