package io.movingdata.gateway.http;

import io.movingdata.core.model.Requester;
import io.vertx.core.MultiMap;
import java.util.List;

/** Finds out on whose behalf a request comes. */
public interface Authentication {
  /**
   * The requester.
   *
   * @param headers the request's headers
   * @param bodyRoles the roles that its body names, null where it names none
   * @param traceId the request's trace id
   */
  Requester requester(MultiMap headers, List<String> bodyRoles, String traceId);
}
