package io.movingdata.gateway.content;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.Requester;
import io.movingdata.core.transfer.EncryptedReader;
import io.movingdata.core.transfer.Piece;
import io.movingdata.core.transfer.TransferContext;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a range of a file's content for somebody. Where a copy fails or is collected meanwhile, the
 * reading goes on from another copy of the same content at the same place.
 */
final class ContentReader {
  private static final Logger LOG = LoggerFactory.getLogger(ContentReader.class);

  private final NodeContext node;
  private final Bus bus;
  private final TransferContext context;
  private final Candidates candidates;
  private final Requester who;
  private final long start;
  private final long end;
  private final Set<String> failed = new HashSet<>();
  private FileRecord file;
  private Replica replica;
  private EncryptedReader reader;
  private long position;
  private boolean closed;

  ContentReader(
      NodeContext node,
      TransferContext context,
      Candidates candidates,
      Requester who,
      FileRecord file,
      long offset,
      long length) {
    this.node = node;
    this.bus = node.bus();
    this.context = context;
    this.candidates = candidates;
    this.who = who;
    this.file = file;
    this.start = offset;
    this.end = offset + length;
    this.position = offset;
  }

  /** Where the content comes from now. */
  String location() {
    return replica == null ? null : replica.location();
  }

  /** The next authenticated piece, null after the last; whoever gets it closes it. */
  Future<Piece> next() {
    if (position == end && (start != end || file.sizeBytes() > 0)) {
      return Future.succeededFuture();
    }
    return piece().recover(this::elsewhere).onSuccess(this::passed);
  }

  private void passed(Piece piece) {
    if (piece != null) {
      position = piece.contentOffset() + piece.length();
    }
  }

  private Future<Piece> piece() {
    try {
      if (reader == null) {
        open();
      }
      return reader.next();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private void open() {
    List<Replica> left = candidates.allowed(file, who, failed);
    if (left.isEmpty()) {
      throw MovingDataException.of(ErrorCode.CORRUPT_OBJECT, "no verified copy is left");
    }
    replica = left.get(0);
    boolean whole = position == 0 && end == file.sizeBytes();
    reader =
        EncryptedReader.open(
            context.between(replica.location()),
            replica,
            node.config().requireLocation(replica.location()).keyring(),
            file.sizeBytes(),
            whole ? file.sha256() : null,
            position,
            end - position);
  }

  private Future<Piece> elsewhere(Throwable failure) {
    if (closed || replica == null) {
      return Future.failedFuture(failure);
    }
    LOG.warn(
        "reading at {} failed at byte {} (trace {}): {}",
        replica.location(),
        position,
        who.requestId(),
        failure.getMessage());
    failed.add(replica.copyId());
    letGo();
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(file.id(), false))
        .map(CatalogApi.FileReply::file)
        .otherwise(file)
        .compose(
            present -> {
              boolean same = present != null && present.contentId().equals(file.contentId());
              if (!same || candidates.allowed(present, who, failed).isEmpty()) {
                return Future.failedFuture(failure);
              }
              file = present;
              return piece().recover(this::elsewhere);
            });
  }

  private void letGo() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  /** Stops reading. Harmless to repeat. */
  void close() {
    closed = true;
    letGo();
  }
}
