package io.movingdata.mover.state;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.LastMove;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.security.PolicySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** File documents as they shall be after a move, a copy, a deletion, or the loss of a replica. */
public final class Placements {
  /** The principal whose moves do not pin a file against itself. */
  public static final String AUTOPILOT = "autopilot";

  private Placements() {}

  /**
   * After a move or copy to {@code arrived}'s location. For a move the old primary leaves, unless
   * it is kept, and other copies stay; a copy adds itself. An older copy at the same location is
   * replaced.
   *
   * @param keep whether a move leaves the old primary as one more copy
   */
  public static FileRecord arrived(
      FileRecord file,
      MoveRecord move,
      Replica arrived,
      boolean keep,
      PolicySnapshot policy,
      Duration pin,
      Instant now) {
    boolean moves = move.kind() == MoveKind.MOVE;
    List<Replica> replicas = new ArrayList<>();
    for (Replica replica : file.replicas()) {
      boolean replaced = replica.location().equals(arrived.location());
      boolean leaves = moves && !keep && replica.location().equals(file.primary());
      if (!replaced && !leaves) {
        replicas.add(replica);
      }
    }
    replicas.add(moves ? 0 : replicas.size(), arrived);
    if (!moves) {
      return file.with(replicas, now);
    }
    LastMove last = new LastMove(move.moveId(), file.primary(), arrived.location(), now);
    boolean byHand = !AUTOPILOT.equals(move.requester().principal());
    return new FileRecord(
        file.id(),
        file.version(),
        file.contentId(),
        file.sizeBytes(),
        file.sha256(),
        file.contentType(),
        arrived.location(),
        replicas,
        file.metadata(),
        policy,
        file.createdAt(),
        now,
        now,
        last,
        byHand ? now.plus(pin) : file.pinnedUntil(),
        false);
  }

  /** The tombstone of a file. */
  public static FileRecord deleted(FileRecord file, Instant now) {
    return new FileRecord(
        file.id(),
        file.version(),
        file.contentId(),
        file.sizeBytes(),
        file.sha256(),
        file.contentType(),
        file.primary(),
        List.of(),
        List.of(),
        file.policy(),
        file.createdAt(),
        now,
        file.lastMovedAt(),
        file.lastMove(),
        null,
        true);
  }

  /** The same: what was to replace the document as it stands now comes too late. */
  public static FileRecord fenced(FileRecord file, Instant now) {
    return file.with(file.replicas(), now);
  }

  /** Without the copies at a location. */
  public static FileRecord without(FileRecord file, String location, Instant now) {
    List<Replica> replicas =
        file.replicas().stream().filter(r -> !r.location().equals(location)).toList();
    return file.with(replicas, now);
  }
}
