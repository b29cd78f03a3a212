package io.movingdata.consistency.repair;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.transfer.CopyStates;
import io.movingdata.core.transfer.Diagnosis;
import io.movingdata.core.transfer.SpareCopies;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Finds a copy that a bad one can be repaired from, and proves it by reading it whole: first the
 * verified ones of the file, then those that were set aside, perhaps wrongly, and at last those
 * that have left the file and wait for the collector.
 */
final class Sources {
  private final BiFunction<FileRecord, Replica, Future<Void>> readBack;
  private final CopyStates states;
  private final SpareCopies spares;

  /**
   * @param readBack reads a copy whole; fails with what {@link Diagnosis#tells} where it is not
   *     what it must be
   */
  Sources(
      BiFunction<FileRecord, Replica, Future<Void>> readBack,
      CopyStates states,
      SpareCopies spares) {
    this.readBack = readBack;
    this.states = states;
    this.spares = spares;
  }

  /**
   * Makes sure that there is a whole copy which the mover can read from. Fails where one could not
   * be asked and none else is whole.
   *
   * @return the file as it is then; empty where no other copy is whole
   */
  Future<Optional<FileRecord>> prove(FileRecord file, Replica bad) {
    Iterator<Replica> others =
        file.replicas().stream()
            .filter(copy -> !copy.location().equals(bad.location()))
            .sorted(Comparator.comparing(copy -> !copy.verified()))
            .iterator();
    return amongOwn(file, others, null);
  }

  private Future<Optional<FileRecord>> amongOwn(
      FileRecord file, Iterator<Replica> others, Throwable unknown) {
    if (!others.hasNext()) {
      return spares.of(file).compose(left -> amongSpares(file, left.iterator(), unknown));
    }
    Replica copy = others.next();
    return readBack
        .apply(file, copy)
        .compose(
            whole -> usable(file, copy).map(Optional::of),
            failure -> amongOwn(file, others, Diagnosis.tells(failure) ? unknown : failure));
  }

  private Future<FileRecord> usable(FileRecord file, Replica whole) {
    return whole.verified() ? Future.succeededFuture(file) : states.verified(file, whole);
  }

  private Future<Optional<FileRecord>> amongSpares(
      FileRecord file, Iterator<Replica> left, Throwable unknown) {
    if (!left.hasNext()) {
      return unknown == null
          ? Future.succeededFuture(Optional.empty())
          : Future.failedFuture(unknown);
    }
    return spares
        .hold(left.next())
        .compose(copy -> readBack.apply(file, copy))
        .compose(
            whole -> Future.succeededFuture(Optional.of(file)),
            failure -> amongSpares(file, left, Diagnosis.tells(failure) ? unknown : failure));
  }
}
