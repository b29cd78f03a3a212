package io.movingdata.simulator.load;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.Requester;
import io.vertx.core.Future;
import java.util.List;
import java.util.Random;

/** Moves files as a client would; one that is refused counts as none. */
public final class SyntheticMoves {
  private static final int BACKGROUND = 0;

  private final Bus bus;
  private final List<String> locations;

  public SyntheticMoves(NodeContext node) {
    this.bus = node.bus();
    this.locations = node.config().locations().stream().map(LocationConfig::id).toList();
  }

  /** Moves a file to a location that chance chooses; whether a move was started. */
  public Future<Boolean> move(LoadModel.Subject file, Random random, Requester requester) {
    String target = locations.get(random.nextInt(locations.size()));
    return bus.request(
            MoverApi.SUBMIT,
            new MoverApi.Submit(file.fileId(), target, MoveKind.MOVE, BACKGROUND, requester))
        .map(ticket -> ticket.move() != null && !ticket.joined())
        .otherwise(false);
  }
}
