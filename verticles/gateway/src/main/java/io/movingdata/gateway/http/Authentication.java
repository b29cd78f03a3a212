package io.movingdata.gateway.http;

import io.movingdata.core.model.Requester;
import io.vertx.core.MultiMap;
import java.util.List;

/** Finds out on whose behalf a request comes. */
public interface Authentication {
  /** What a configured mode means; any but the open one lets nobody in so far. */
  static Authentication of(String mode) {
    return mode.equals("open") ? new OpenAuthentication() : new ClosedAuthentication();
  }

  /**
   * The requester. Asked of every request to an operation that is not public, before anything else.
   *
   * @param headers the request's headers
   * @param bodyRoles the roles that its body names, null where it names none
   * @param traceId the request's trace id
   * @throws io.movingdata.core.error.MovingDataException {@code UNAUTHENTICATED}, or invalid
   *     request naming the header or field at fault
   */
  Requester requester(MultiMap headers, List<String> bodyRoles, String traceId);
}
