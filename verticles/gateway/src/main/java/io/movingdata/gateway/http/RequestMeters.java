package io.movingdata.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts and times requests by operation and status, never by path. */
public final class RequestMeters {
  private final MeterRegistry meters;

  public RequestMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  void record(String operation, int status, long startNanos) {
    Timer.builder("movingdata.http.requests")
        .description("Requests by operation and status")
        .tag("operation", operation)
        .tag("status", Integer.toString(status))
        .register(meters)
        .record(Duration.ofNanos(System.nanoTime() - startNanos));
  }
}
