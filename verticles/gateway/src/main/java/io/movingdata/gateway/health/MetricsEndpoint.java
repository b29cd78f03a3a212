package io.movingdata.gateway.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Routes;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;

/** {@code /metrics}: the node's metrics in the text format of Prometheus. */
public final class MetricsEndpoint {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final MeterRegistry meters;
  private final WorkerExecutor workers;

  public MetricsEndpoint(MeterRegistry meters, WorkerExecutor workers) {
    this.meters = meters;
    this.workers = workers;
  }

  /** Binds the operation. */
  public void bind(Routes routes) {
    routes.bind(Operation.GET_METRICS, this::scrape);
  }

  private Future<Answer> scrape(Call call) {
    if (!(meters instanceof PrometheusMeterRegistry registry)) {
      throw MovingDataException.of(ErrorCode.UNKNOWN_PATH, "this node keeps no metrics");
    }
    return workers
        .executeBlocking(registry::scrape, false)
        .map(text -> Answer.of(200, TEXT, Buffer.buffer(text)));
  }
}
