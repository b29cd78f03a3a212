package io.movingdata.gateway.http;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.Requester;
import io.vertx.core.MultiMap;
import java.util.List;

/** Lets nobody in: what every mode but the open one means while no credentials can be issued. */
public final class ClosedAuthentication implements Authentication {
  @Override
  public Requester requester(MultiMap headers, List<String> bodyRoles, String traceId) {
    throw MovingDataException.of(
        ErrorCode.UNAUTHENTICATED, "this node takes no requests: its mode is not open");
  }
}
