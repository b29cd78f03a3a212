package io.movingdata.gateway.content;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.audit.Authorizer;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.Requester;
import io.movingdata.core.transfer.Piece;
import io.movingdata.core.transfer.TransferContext;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Call;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives content out: asks who may, finds a copy, and sends what was asked for of it. */
final class DownloadService {
  private static final Logger LOG = LoggerFactory.getLogger(DownloadService.class);
  private static final String ACTION = "file.read";

  /**
   * Longer than a provider that does not answer is asked, and than a client that stalls is kept.
   */
  private static final long PATIENCE_S = 60;

  private static final long RETRY_MS = 5_000;

  private final NodeContext node;
  private final Bus bus;
  private final TransferContext context;
  private final Authorizer authorizer;
  private final AuditLog audit;
  private final Candidates candidates;

  DownloadService(
      NodeContext node, TransferContext context, Authorizer authorizer, AuditLog audit) {
    this.node = node;
    this.bus = node.bus();
    this.context = context;
    this.authorizer = authorizer;
    this.audit = audit;
    this.candidates = new Candidates(node.config(), authorizer);
  }

  /** Answers a GET or HEAD. */
  Future<Answer> download(Call call, boolean head) {
    Requester who = call.requester();
    String fileId = call.fileId();
    Conditions conditions = ContentHeaders.conditions(call);
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(fileId, false))
        .compose(
            reply -> {
              FileRecord file = reply.file();
              if (file == null) {
                throw MovingDataException.of(ErrorCode.OBJECT_NOT_FOUND, "no file of this id");
              }
              String location = authorised(file, who);
              if (conditions.notModified(file)) {
                return Future.succeededFuture(ContentHeaders.notModified(file));
              }
              audit.record(who, ACTION, fileId, location, "allowed", null, null);
              Optional<ByteRange> range =
                  head || !conditions.rangeAllowed(file)
                      ? Optional.empty()
                      : ByteRange.parse(call.header("Range"), file.sizeBytes());
              if (range.isPresent() && !range.get().satisfiable()) {
                call.response().putHeader("Content-Range", range.get().describe(file.sizeBytes()));
                throw MovingDataException.of(
                    ErrorCode.RANGE_NOT_SATISFIABLE, "the file has " + file.sizeBytes() + " bytes");
              }
              return head ? head(call, file) : send(call, who, file, range);
            });
  }

  /** Where the reader will be served first; refuses and records where nowhere. */
  private String authorised(FileRecord file, Requester who) {
    if (candidates.usable(file).isEmpty()) {
      throw MovingDataException.of(ErrorCode.CORRUPT_OBJECT, "the file has no verified copy");
    }
    List<Replica> allowed = candidates.allowed(file, who, Set.of());
    if (allowed.isEmpty()) {
      String nearest = candidates.usable(file).get(0).location();
      authorizer.require(who, ACTION, file.id(), List.of(nearest));
    }
    return allowed.get(0).location();
  }

  private Future<Answer> head(Call call, FileRecord file) {
    ContentHeaders.set(call.response(), file);
    call.response().putHeader("Content-Length", Long.toString(file.sizeBytes()));
    call.response().end();
    return Future.succeededFuture(Answer.WRITTEN);
  }

  private Future<Answer> send(
      Call call, Requester who, FileRecord file, Optional<ByteRange> range) {
    ByteRange part = range.orElse(new ByteRange(0, file.sizeBytes()));
    ContentReader reader =
        new ContentReader(node, context, candidates, who, file, part.offset(), part.length());
    call.onEnd(reader::close);
    // The head waits for the first authenticated piece, so that a failure can still be told.
    return firstPiece(reader)
        .compose(
            first -> {
              HttpServerResponse response = call.response();
              if (response.closed()) {
                if (first != null) {
                  first.close();
                }
                return Future.succeededFuture(Answer.WRITTEN);
              }
              ContentHeaders.set(response, file);
              response.putHeader("Content-Length", Long.toString(part.length()));
              if (range.isPresent()) {
                response.setStatusCode(206);
                response.putHeader("Content-Range", part.describe(file.sizeBytes()));
              }
              new ContentPump(node.vertx(), call, reader, part.length())
                  .run(first)
                  .onFailure(failure -> cut(call, file, failure));
              return Future.succeededFuture(Answer.WRITTEN);
            });
  }

  /** The first piece, or the truth while the client still listens: others hold the memory. */
  private static Future<Piece> firstPiece(ContentReader reader) {
    Future<Piece> asked = reader.next();
    return asked
        .timeout(PATIENCE_S, TimeUnit.SECONDS)
        .recover(failure -> Future.failedFuture(asked.isComplete() ? failure : overloaded()))
        .onFailure(
            failure -> {
              reader.close();
              asked.onSuccess(late -> Optional.ofNullable(late).ifPresent(Piece::close));
            });
  }

  private static MovingDataException overloaded() {
    return MovingDataException.of(
            ErrorCode.OVERLOADED, "nothing could be read within " + PATIENCE_S + " s")
        .withRetryAfterMs(RETRY_MS);
  }

  private static void cut(Call call, FileRecord file, Throwable failure) {
    LOG.warn(
        "download of content {} was cut off (trace {}): {}",
        file.contentId(),
        call.traceId(),
        failure.getMessage());
  }
}
