package io.movingdata.mover.run;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.CopyStates;
import io.movingdata.core.transfer.Diagnosis;
import io.movingdata.mover.transfer.CopyProof;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * What is done with a copy that was at the target before the move: it is read whole, since the one
 * that the move takes away may be the only good one. A copy that is not whole is replaced like one
 * that is not there, and stays referenced until its replacement stands.
 */
public final class Promotion {
  private final NodeContext node;
  private final CopyProof proof;
  private final CopyStates states;
  private final MoveAnnouncer announcer;

  public Promotion(
      NodeContext node, StorageClient storage, CopyProof proof, MoveAnnouncer announcer) {
    this.node = node;
    this.proof = proof;
    this.states = new CopyStates(node, storage);
    this.announcer = announcer;
  }

  /**
   * The copy at the target, read whole just now; empty where it is not whole and can be replaced.
   * Fails with {@code POLICY_DENIED} where somebody else wrote to it: that is a person's to decide.
   */
  Future<Optional<Replica>> prove(MoveHandle handle, FileRecord file) {
    Replica copy = file.verifiedAt(handle.move().target()).orElseThrow();
    return proof
        .examine(file, copy, progress(handle))
        .map(
            wrong -> {
              wrong.ifPresent(Promotion::requireReplaceable);
              return wrong.isPresent()
                  ? Optional.empty()
                  : Optional.of(copy.in(ReplicaState.VERIFIED, node.clock().instant()));
            });
  }

  private static void requireReplaceable(Diagnosis wrong) {
    if (wrong.state() == FindingState.CONFLICT) {
      throw MovingDataException.of(
          ErrorCode.POLICY_DENIED,
          "the copy at the target cannot take the file's place: "
              + wrong.detail()
              + "; settle its finding (/consistency/conflicts), then retry");
    }
  }

  private LongConsumer progress(MoveHandle handle) {
    Rate rate = new Rate(node.nanoTime().getAsLong());
    return bytes -> {
      if (!handle.held()) {
        throw new LeaseLostException(handle.move().moveId());
      }
      if (handle.move().cancelRequested()) {
        throw MovingDataException.of(ErrorCode.CONFLICT, "cancelled");
      }
      handle.progress(bytes);
      announcer.progress(handle.move(), bytes, rate.at(bytes, node.nanoTime().getAsLong()));
    };
  }

  /** Puts aside the copy that was not whole; the file as it is then. */
  Future<FileRecord> setAside(MoveHandle handle, FileRecord file) {
    if (!handle.held()) {
      return Future.failedFuture(new LeaseLostException(handle.move().moveId()));
    }
    return states.setAside(file, file.verifiedAt(handle.move().target()).orElseThrow());
  }
}
