package io.movingdata.gateway.content;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.audit.Authorizer;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Requester;
import io.movingdata.core.transfer.TransferContext;
import io.movingdata.gateway.files.FileView;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Bodies;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Percent;
import io.movingdata.gateway.http.Query;
import io.movingdata.gateway.http.Routes;
import io.vertx.core.Future;

/** {@code /files/{file_id}/content}: upload, download, delete. */
public final class ContentEndpoints {
  private final NodeContext node;
  private final Bus bus;
  private final FileView view;
  private final UploadService uploads;
  private final DownloadService downloads;

  public ContentEndpoints(
      NodeContext node,
      FileView view,
      UploadService uploads,
      TransferContext downloading,
      Authorizer authorizer,
      AuditLog audit) {
    this.node = node;
    this.bus = node.bus();
    this.view = view;
    this.uploads = uploads;
    this.downloads = new DownloadService(node, downloading, authorizer, audit);
  }

  /** Binds the operations. */
  public void bind(Routes routes) {
    routes
        .bind(Operation.PUT_CONTENT, this::put)
        .bind(Operation.GET_CONTENT, call -> get(call, false))
        .bind(Operation.HEAD_CONTENT, call -> get(call, true))
        .bind(Operation.DELETE_CONTENT, this::delete);
  }

  private Future<Answer> put(Call call) {
    refusePartsAndEncodings(call);
    UploadRequest request =
        new UploadRequest(
            call.fileId(),
            location(call),
            call.hasBody() ? Bodies.announcedLength(call.request()) : 0,
            MediaType.of(call.header("Content-Type")),
            UserMetadata.of(call.request().headers()),
            ContentHeaders.conditions(call),
            DeclaredDigests.parse(
                call.header("Content-MD5"),
                call.header("Repr-Digest"),
                call.header("Content-Digest")),
            call.requester());
    return uploads.upload(request, call.request(), () -> goAhead(call)).map(this::stored);
  }

  private static void refusePartsAndEncodings(Call call) {
    if (call.header("Content-Encoding") != null) {
      throw MovingDataException.of(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "send the content itself, not an encoding of it");
    }
    if (call.header("Content-Range") != null) {
      throw MovingDataException.invalid("Content-Range", "a content is always sent whole");
    }
  }

  private LocationConfig location(Call call) {
    Query query = call.query();
    String location = query.text("location");
    query.check();
    return location == null ? null : node.config().requireLocation(location);
  }

  private static void goAhead(Call call) {
    if (Bodies.expectsContinue(call.request())) {
      call.response().writeContinue();
    }
  }

  private Answer stored(Uploaded done) {
    FileRecord file = done.file();
    String url = "/files/" + Percent.encode(file.id());
    return Answer.json(done.created() ? 201 : 200, view.of(file))
        .with("ETag", Conditions.etag(file))
        .with("Location", done.created() ? url : null);
  }

  private Future<Answer> get(Call call, boolean head) {
    call.noQuery();
    return downloads.download(call, head);
  }

  private Future<Answer> delete(Call call) {
    call.noQuery();
    String fileId = call.fileId();
    Requester who = call.requester();
    Conditions conditions = ContentHeaders.conditions(call);
    if (conditions.ifMatch() == null && conditions.ifNoneMatch() == null) {
      return delete(fileId, null, who);
    }
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(fileId, false))
        .compose(
            reply -> {
              conditions.requireForChange(reply.file());
              String content = reply.file() == null ? null : reply.file().contentId();
              return delete(fileId, content, who);
            });
  }

  private Future<Answer> delete(String fileId, String contentId, Requester who) {
    return bus.request(MoverApi.DELETE_FILE, new MoverApi.DeleteFile(fileId, contentId, who))
        .map(gone -> Answer.empty(204));
  }
}
