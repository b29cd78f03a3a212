package io.movingdata.mover.submit;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.mover.run.WantedCopies;
import io.movingdata.mover.transfer.CopyProof;
import io.vertx.core.Future;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Lets a copy go only where enough of the others are whole: so many of them are read, one after
 * another, that the copies which were read are enough for the replication policy, and one at least.
 * What the catalog says of a copy does not count: it was written down when the copy was made.
 */
public final class RemainingCopies {
  private final WantedCopies wanted;
  private final CopyProof proof;

  public RemainingCopies(WantedCopies wanted, CopyProof proof) {
    this.wanted = wanted;
    this.proof = proof;
  }

  /**
   * Fails with {@code POLICY_DENIED} where too few copies would be left that are whole, and
   * otherwise where that could not be found out.
   *
   * @param left the file without the copy
   * @return the same file
   */
  Future<FileRecord> require(FileRecord left, Replica removed) {
    return wanted
        .denials(removed)
        .compose(
            denials -> {
              denials.apply(left).ifPresent(RemainingCopies::deny);
              Iterator<Replica> unread =
                  left.replicas().stream().filter(Replica::verified).iterator();
              return read(left, denials, unread, Set.of());
            })
        .map(left);
  }

  private Future<Void> read(
      FileRecord left,
      Function<FileRecord, Optional<String>> denials,
      Iterator<Replica> unread,
      Set<String> whole) {
    Optional<String> denial = denials.apply(countingOnly(left, whole));
    if (denial.isEmpty()) {
      return Future.succeededFuture();
    }
    if (!unread.hasNext()) {
      deny(
          "read back, too few of the other copies are whole (repair them: POST"
              + " /consistency/resync): "
              + denial.get());
    }
    Replica copy = unread.next();
    return proof
        .examine(left, copy, read -> {})
        .compose(
            wrong -> read(left, denials, unread, wrong.isPresent() ? whole : with(whole, copy)));
  }

  /** The file as it is where only some of its copies are good. */
  private static FileRecord countingOnly(FileRecord file, Set<String> copyIds) {
    List<Replica> copies =
        file.replicas().stream()
            .map(
                copy ->
                    copyIds.contains(copy.copyId())
                        ? copy
                        : copy.in(ReplicaState.QUARANTINED, copy.verifiedAt()))
            .toList();
    return file.with(copies, file.updatedAt());
  }

  private static Set<String> with(Set<String> copyIds, Replica copy) {
    return Set.copyOf(Stream.concat(copyIds.stream(), Stream.of(copy.copyId())).toList());
  }

  private static void deny(String why) {
    throw MovingDataException.of(ErrorCode.POLICY_DENIED, why);
  }
}
