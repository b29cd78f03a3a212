package io.movingdata.gateway.consistency;

import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import java.time.Duration;

/** Asks the nodes that verify and repair, and says what to do where there is none. */
final class Room {
  private static final String ABSENT =
      "no node with the role consistency is running: start one, with consistency or all among its"
          + " NODE_ROLES";

  private final Bus bus;

  Room(Bus bus) {
    this.bus = bus;
  }

  <Q, R> Future<R> ask(Address<Q, R> address, Q message) {
    return ask(address, message, Bus.CONTROL_TIMEOUT);
  }

  <Q, R> Future<R> ask(Address<Q, R> address, Q message, Duration timeout) {
    return bus.request(address, message, timeout)
        .recover(
            failure ->
                Future.failedFuture(
                    absent(failure, address.name())
                        ? MovingDataException.of(ErrorCode.SERVICE_ABSENT, ABSENT)
                        : failure));
  }

  /** Whether it is this address that nobody serves, and not one that the room asks in turn. */
  private static boolean absent(Throwable failure, String address) {
    return MovingDataException.is(failure, ErrorCode.SERVICE_ABSENT)
        && failure.getMessage().contains(address);
  }
}
