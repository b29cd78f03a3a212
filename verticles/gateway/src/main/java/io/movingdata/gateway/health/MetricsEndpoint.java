package io.movingdata.gateway.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.movingdata.core.metrics.NodeMetrics;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Routes;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;

/** {@code /metrics}: the node's metrics in the text format of Prometheus. */
public final class MetricsEndpoint {
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
    return workers
        .executeBlocking(() -> NodeMetrics.scrape(meters), false)
        .map(text -> Answer.of(200, NodeMetrics.CONTENT_TYPE, Buffer.buffer(text)));
  }
}
