package io.movingdata.mover.run;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.Events;
import io.movingdata.core.model.MoveRecord;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners, the log and the audit trail what becomes of a move. */
public final class MoveAnnouncer {
  private static final Logger LOG = LoggerFactory.getLogger(MoveAnnouncer.class);

  private final Bus bus;
  private final Clock clock;
  private final AuditLog audit;

  public MoveAnnouncer(Bus bus, Clock clock, AuditLog audit) {
    this.bus = bus;
    this.clock = clock;
    this.audit = audit;
  }

  /** A change of state. */
  public void state(MoveRecord move) {
    LOG.info(
        "move {} {} {} -> {}: {} (epoch {}){}",
        move.moveId(),
        move.kind(),
        move.from(),
        move.target(),
        move.state(),
        move.epoch(),
        move.lastError() == null ? "" : " " + move.lastError());
    publish(move, move.bytesDone(), 0);
  }

  /** Progress of a running move. */
  public void progress(MoveRecord move, long bytesDone, double bytesPerSecond) {
    publish(move, bytesDone, bytesPerSecond);
  }

  /** The end of a move, for the audit trail. */
  public void ended(MoveRecord move, String decision) {
    audit.record(
        move.requester(),
        move.kind().name().toLowerCase(java.util.Locale.ROOT) + "." + decision,
        move.fileId(),
        move.target(),
        decision.equals("done") ? "done" : "failed",
        "from " + move.from() + (move.lastError() == null ? "" : ": " + move.lastError()),
        move.moveId());
  }

  private void publish(MoveRecord move, long bytesDone, double bytesPerSecond) {
    bus.publish(
        Events.MOVE,
        new Events.MoveEvent(
            move.moveId(),
            move.fileId(),
            move.kind(),
            move.from(),
            move.target(),
            move.state(),
            bytesDone,
            move.bytesTotal(),
            bytesPerSecond,
            move.jobId(),
            move.lastError(),
            clock.instant()));
  }
}
