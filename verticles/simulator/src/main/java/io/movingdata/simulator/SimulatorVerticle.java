package io.movingdata.simulator;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.SimulatorApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.simulator.burst.Bursts;
import io.movingdata.simulator.load.BackgroundLoad;
import io.movingdata.simulator.load.Subjects;
import io.movingdata.simulator.load.SyntheticMoves;
import io.movingdata.simulator.sensor.SensorBoard;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/** Wires the simulator of one node. */
public final class SimulatorVerticle extends VerticleBase {
  private final NodeContext node;
  private Bursts bursts;
  private BackgroundLoad load;

  public SimulatorVerticle(NodeContext node) {
    this.node = node;
  }

  @Override
  public Future<?> start() {
    Bus bus = node.bus();
    Subjects subjects = new Subjects(node);
    SyntheticMoves moves = new SyntheticMoves(node);
    SensorBoard sensors = new SensorBoard();
    bursts = new Bursts(node, subjects, moves);
    load = new BackgroundLoad(node, subjects, moves);
    load.start();
    return Future.all(
        List.of(
            bus.serve(SimulatorApi.START, bursts::start),
            bus.serve(SimulatorApi.GET_BURST, bursts::get),
            bus.serve(SimulatorApi.GET_LOAD, load::get),
            bus.serve(SimulatorApi.PUT_LOAD, load::put),
            bus.serve(SimulatorApi.PEEK, query -> Future.succeededFuture(sensors.peek(query))),
            bus.subscribe(SimulatorApi.BURST, bursts::heard),
            bus.subscribe(SimulatorApi.CANCEL, bursts::cancel),
            bus.subscribe(SimulatorApi.READING, sensors::heard)));
  }

  @Override
  public Future<?> stop() {
    bursts.stop();
    load.stop();
    return Future.succeededFuture();
  }
}
