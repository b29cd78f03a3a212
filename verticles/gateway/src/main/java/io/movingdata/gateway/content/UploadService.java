package io.movingdata.gateway.content;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.audit.Authorizer;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MetadataEntry;
import io.movingdata.core.model.Requester;
import io.movingdata.core.security.FrameLayout;
import io.movingdata.core.transfer.TransferContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes content in: asks who may, stores an encrypted copy, and makes it the file's content. */
public final class UploadService {
  private static final Logger LOG = LoggerFactory.getLogger(UploadService.class);
  private static final String ACTION = "file.upload";

  private final NodeContext node;
  private final TransferContext context;
  private final Authorizer authorizer;
  private final AuditLog audit;
  private final UploadPlacement placement;

  public UploadService(
      NodeContext node, TransferContext context, Authorizer authorizer, AuditLog audit) {
    this.node = node;
    this.context = context;
    this.authorizer = authorizer;
    this.audit = audit;
    this.placement = new UploadPlacement(node);
  }

  /**
   * Stores a body as a file's content. {@code PRECONDITION_FAILED}, {@code FORBIDDEN} and {@code
   * TOO_LARGE} come before any of it is read.
   *
   * @param body paused
   * @param go called once the body is wanted
   */
  public Future<Uploaded> upload(UploadRequest request, ReadStream<Buffer> body, Runnable go) {
    long most = Math.min(node.config().http().maxObjectBytes(), FrameLayout.MAX_CONTENT);
    if (request.announced() > most) {
      return Future.failedFuture(
          MovingDataException.of(ErrorCode.TOO_LARGE, "more than " + most + " bytes"));
    }
    return placement
        .read(request.fileId())
        .compose(
            before -> {
              request.conditions().requireForChange(before);
              LocationConfig target = target(request, before);
              authorizer.require(
                  request.requester(), ACTION, request.fileId(), touched(target, before));
              go.run();
              return store(request, body, most, target, before);
            });
  }

  /**
   * Stores a body as a new file; {@code PRECONDITION_FAILED} where there is one of that id.
   *
   * @param size bytes that the body has
   * @param body paused
   */
  public Future<Uploaded> uploadNew(
      String fileId,
      long size,
      String contentType,
      List<MetadataEntry> metadata,
      Requester requester,
      ReadStream<Buffer> body) {
    UploadRequest request =
        new UploadRequest(
            fileId,
            null,
            size,
            contentType,
            metadata,
            new Conditions(null, "*", null, null),
            new DeclaredDigests(null, null),
            requester);
    return upload(request, body, () -> {});
  }

  /**
   * Stores a body as the next content of a file, with its metadata, where its primary copy is;
   * {@code PRECONDITION_FAILED} where it has got another content meanwhile.
   *
   * @param size bytes that the body has
   * @param body paused
   */
  public Future<Uploaded> replace(
      FileRecord file, long size, Requester requester, ReadStream<Buffer> body) {
    UploadRequest request =
        new UploadRequest(
            file.id(),
            null,
            size,
            file.contentType(),
            file.metadata(),
            new Conditions(Conditions.etag(file), null, null, null),
            new DeclaredDigests(null, null),
            requester);
    return upload(request, body, () -> {});
  }

  private LocationConfig target(UploadRequest request, FileRecord before) {
    if (request.location() != null) {
      return request.location();
    }
    LocationConfig first = node.config().locations().get(0);
    return before == null ? first : node.config().location(before.primary()).orElse(first);
  }

  private static List<String> touched(LocationConfig target, FileRecord before) {
    List<String> locations = new ArrayList<>(List.of(target.id()));
    if (before != null && !before.primary().equals(target.id())) {
      locations.add(before.primary());
    }
    return locations;
  }

  private Future<Uploaded> store(
      UploadRequest request,
      ReadStream<Buffer> body,
      long most,
      LocationConfig target,
      FileRecord before) {
    ContentHash hash = new ContentHash(request.digests().wantsMd5());
    TransferContext transfer = context.between(target.id());
    Upload upload = new Upload(node, transfer, request, target, hash);
    ContentIntake intake =
        new ContentIntake(transfer, body, request.announced(), most, hash, upload);
    return intake
        .run()
        .compose(received -> upload.commit())
        .map(CrashPoint.UPLOAD_STORED::passed)
        .compose(copy -> placement.place(request, upload, intake.received(), copy, target, before))
        .map(CrashPoint.UPLOAD_PLACED::passed)
        .recover(failure -> undo(request, upload, target, before, failure))
        .onSuccess(done -> succeeded(request, target, done));
  }

  /** An upload whose outcome was unknown may turn out to be in place, or to have been moved on. */
  private Future<Uploaded> undo(
      UploadRequest request,
      Upload upload,
      LocationConfig target,
      FileRecord before,
      Throwable failure) {
    boolean unknown = MovingDataException.is(failure, ErrorCode.SERVICE_TIMEOUT);
    return upload
        .discard()
        .compose(
            discarded ->
                discarded && !unknown
                    ? Future.<FileRecord>succeededFuture()
                    : placement.read(request.fileId()).otherwiseEmpty())
        .compose(
            present ->
                upload.isContentOf(present)
                    ? Future.succeededFuture(new Uploaded(present, before == null))
                    : failed(request, target, failure));
  }

  private Future<Uploaded> failed(UploadRequest request, LocationConfig target, Throwable failure) {
    audit.record(
        request.requester(),
        ACTION,
        request.fileId(),
        target.id(),
        "failed",
        failure instanceof MovingDataException ? failure.getMessage() : "incident",
        null);
    return Future.failedFuture(failure);
  }

  private void succeeded(UploadRequest request, LocationConfig target, Uploaded done) {
    long bytes = done.file().sizeBytes();
    LOG.info(
        "stored {} bytes of upload {} at {} (trace {})",
        bytes,
        done.file().contentId(),
        target.id(),
        request.requester().requestId());
    audit.record(
        request.requester(),
        ACTION,
        request.fileId(),
        target.id(),
        "done",
        bytes + " bytes, SHA-256 " + done.file().sha256(),
        null);
  }
}
