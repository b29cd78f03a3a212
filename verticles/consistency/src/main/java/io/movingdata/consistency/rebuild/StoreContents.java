package io.movingdata.consistency.rebuild;

import io.movingdata.consistency.rebuild.LeftOut.Reason;
import io.movingdata.consistency.tool.ContentReader;
import io.movingdata.consistency.tool.Progress;
import io.movingdata.consistency.tool.StoreWalk;
import io.movingdata.consistency.tool.UnreachableException;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.judge.Reading;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.PhysicalKey;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.Diagnosis;
import io.movingdata.core.transfer.ObjectMetadata;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads every object of ours whole, authenticates it, and says what its content is. What a backup
 * describes as it is stored is taken on the backup's word. Belongs to one event-loop context.
 */
public final class StoreContents {
  private static final int WIDTH = 8;

  private final NodeContext node;
  private final StorageClient storage;
  private final ContentReader reader;
  private final Known known;
  private final List<Candidate> found = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private long objects;

  public StoreContents(NodeContext node, Known known) {
    this.node = node;
    this.known = known;
    this.storage = new StorageClient(node.bus());
    this.reader = new ContentReader(node, storage);
  }

  /** Reads locations; fails with {@link UnreachableException} where one does not answer. */
  public Future<Void> read(List<String> locations) {
    List<Future<Void>> all = new ArrayList<>();
    for (String location : locations) {
      all.add(
          new StoreWalk(node, storage, WIDTH)
              .over(location, stat -> object(location, stat))
              .recover(
                  failure ->
                      Future.failedFuture(
                          new UnreachableException(location + ": " + failure.getMessage()))));
    }
    return Future.join(all).mapEmpty();
  }

  private Future<Void> object(String location, ObjectStat stat) {
    objects++;
    Optional<ObjectMetadata> metadata = ObjectMetadata.parse(stat.metadata());
    if (metadata.isEmpty()) {
      String detail =
          PhysicalKey.matches(stat.key())
              ? "it is named like a copy, and nothing is stored beside it that says of what"
              : "nothing says that it is ours";
      leftOut.add(new LeftOut(location, stat.key(), null, Reason.FOREIGN, detail));
      return Future.succeededFuture();
    }
    ObjectMetadata says = metadata.get();
    if (!stat.key().equals(PhysicalKey.of(says.fileId(), says.copyId()))) {
      String detail = "it must be named " + PhysicalKey.of(says.fileId(), says.copyId());
      leftOut.add(new LeftOut(location, stat.key(), says.fileId(), Reason.MISNAMED, detail));
      return Future.succeededFuture();
    }
    Replica copy = copy(location, stat, says);
    FileRecord file = known.live(says.fileId());
    if (file != null && describes(file, copy)) {
      add(copy, says, stat, file.sizeBytes(), file.sha256());
      return Future.succeededFuture();
    }
    return reader
        .size(copy)
        .compose(size -> reader.read(copy, size).onSuccess(r -> take(copy, says, stat, size, r)))
        .<Void>mapEmpty()
        .recover(failure -> unreadable(copy, says, failure));
  }

  private Replica copy(String location, ObjectStat stat, ObjectMetadata says) {
    return new Replica(
        location,
        stat.key(),
        says.format(),
        says.copyId(),
        says.createdAtS(),
        says.keyId(),
        stat.size(),
        stat.etag(),
        stat.checksum(),
        ReplicaState.VERIFIED,
        node.clock().instant());
  }

  /** Whether a file lists the copy just as it is stored. */
  private static boolean describes(FileRecord file, Replica copy) {
    return file.replicas().stream()
        .anyMatch(
            listed ->
                listed.verified()
                    && listed.copyId().equals(copy.copyId())
                    && listed.location().equals(copy.location())
                    && listed.key().equals(copy.key())
                    && listed.keyId().equals(copy.keyId())
                    && listed.bytes() == copy.bytes()
                    && listed.checksum() != null
                    && Objects.equals(listed.checksum(), copy.checksum()));
  }

  private void take(
      Replica copy, ObjectMetadata says, ObjectStat stat, long size, Reading reading) {
    if (reading.problem() == null) {
      add(copy, says, stat, size, reading.sha256());
    } else {
      leave(copy, says, Reason.UNREADABLE, reading.problem());
    }
  }

  private void add(Replica copy, ObjectMetadata says, ObjectStat stat, long size, String sha256) {
    found.add(
        new Candidate(copy, says.fileId(), says.contentId(), size, sha256, stat.lastModified()));
  }

  private void leave(Replica copy, ObjectMetadata says, Reason reason, String detail) {
    leftOut.add(new LeftOut(copy.location(), copy.key(), says.fileId(), reason, detail));
  }

  private Future<Void> unreadable(Replica copy, ObjectMetadata says, Throwable failure) {
    if (!Diagnosis.tells(failure)) {
      return Future.failedFuture(failure);
    }
    boolean unknown = MovingDataException.is(failure, ErrorCode.KEY_MISSING);
    leave(copy, says, unknown ? Reason.UNKNOWN_KEY : Reason.UNREADABLE, failure.getMessage());
    return Future.succeededFuture();
  }

  /** Copies that are whole. */
  public List<Candidate> found() {
    return found;
  }

  /** Objects that are not. */
  public List<LeftOut> leftOut() {
    return leftOut;
  }

  /** Objects that were seen. */
  public long objects() {
    return objects;
  }

  /** Content that was read, bytes of plaintext. */
  public long bytesRead() {
    return reader.bytes();
  }

  /** How far the reading is. */
  public String progress() {
    return objects + " objects seen, " + Progress.size(reader.bytes()) + " read";
  }
}
