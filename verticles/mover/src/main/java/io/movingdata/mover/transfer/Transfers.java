package io.movingdata.mover.transfer;

import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.transfer.Diagnosis;
import io.movingdata.core.transfer.DurableListener;
import io.movingdata.core.transfer.StoredCopy;
import io.vertx.core.Future;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Writes copies and reads them back. */
public interface Transfers {
  /**
   * Writes a copy from another, from the start or from where an earlier writer of it stopped.
   *
   * @param listener hears how far the copy is durable, before what follows is sent
   * @param cancelled asked before each frame; the transfer then fails with {@code CONFLICT}
   * @return the copy as its provider has it, once its size and checksum agree with what was sent
   */
  Future<StoredCopy> write(Job job, DurableListener listener, BooleanSupplier cancelled);

  /**
   * Reads a copy whole, authenticates every frame and compares the content's SHA-256.
   *
   * @param listener hears how many bytes of content have been read; where it throws, reading ends
   *     with that
   * @return fails with what {@link Diagnosis#tells} where the copy is not what it must be, and
   *     otherwise where that could not be found out
   */
  Future<Void> readBack(FileRecord file, Replica copy, LongConsumer listener);

  /**
   * A copy to be written.
   *
   * @param file whose content it is
   * @param source the copy that is read
   * @param copy what is written, as it was recorded
   * @param resumeToken where an earlier writer stopped, null to begin
   */
  record Job(FileRecord file, Replica source, CopyIntent copy, String resumeToken) {}
}
