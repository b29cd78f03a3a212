package io.movingdata.stack.gcs;

import java.io.EOFException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** The requests that store objects. */
final class UploadCalls {

  /** What Google answers to the cancelling of a session: the client closed the request. */
  private static final int CANCELLED = 499;

  private static final int RESUME_INCOMPLETE = 308;

  private final DirectUploads direct;
  private final UploadSessions sessions;

  UploadCalls(DirectUploads direct, UploadSessions sessions) {
    this.direct = direct;
    this.sessions = sessions;
  }

  void handle(HttpCall call, String bucket) throws IOException, GcsException {
    String type = call.query("uploadType", "");
    switch (call.method() + " " + type) {
      case "POST media" -> media(call, bucket);
      case "POST multipart" -> multipart(call, bucket);
      case "POST resumable" -> {
        if (call.query().containsKey("upload_id")) {
          resume(call, sessions.get(call.query("upload_id", "")));
        } else {
          begin(call, bucket);
        }
      }
      case "PUT resumable" -> resume(call, sessions.get(call.query("upload_id", "")));
      case "DELETE resumable" -> {
        sessions.drop(sessions.get(call.query("upload_id", "")));
        call.reply(CANCELLED);
      }
      default ->
          throw GcsException.invalid("Unsupported: " + call.method() + " uploadType " + type);
    }
  }

  private void media(HttpCall call, String bucket) throws IOException, GcsException {
    ObjectNode resource = Json.object();
    call.header("Content-Type").ifPresent(type -> resource.put("contentType", type));
    call.header("Content-Encoding").ifPresent(coding -> resource.put("contentEncoding", coding));
    NewObject object = newObject(call, resource);
    StoredObject stored = direct.store(bucket, object, call.body(), call.contentLength());
    call.reply(200, stored.toResource(call.baseUrl(), bucket));
  }

  private void multipart(HttpCall call, String bucket) throws IOException, GcsException {
    MultipartRelated parts =
        new MultipartRelated(call.plainBody(), call.header("Content-Type").orElse(""));
    parts.next();
    ObjectNode resource = Json.read(parts.body());
    String type = parts.next();
    if (!resource.has("contentType") && !type.isEmpty()) {
      resource.put("contentType", type);
    }
    StoredObject stored;
    try {
      stored = direct.store(bucket, newObject(call, resource), parts.body(), -1);
    } catch (EOFException e) {
      throw GcsException.invalid("Malformed multipart body.");
    }
    call.reply(200, stored.toResource(call.baseUrl(), bucket));
  }

  private void begin(HttpCall call, String bucket) throws IOException, GcsException {
    ObjectNode resource = call.json();
    if (!resource.has("contentType")) {
      call.header("X-Upload-Content-Type").ifPresent(type -> resource.put("contentType", type));
    }
    OptionalLong total = OptionalLong.empty();
    if (call.header("X-Upload-Content-Length").isPresent()) {
      try {
        total = OptionalLong.of(Long.parseLong(call.header("X-Upload-Content-Length").get()));
      } catch (NumberFormatException e) {
        throw GcsException.invalid("Invalid X-Upload-Content-Length");
      }
    }
    UploadSession session = sessions.begin(bucket, newObject(call, resource), total);
    call.setHeader(
        "Location",
        "%s/upload/storage/v1/b/%s/o?uploadType=resumable&name=%s&upload_id=%s"
            .formatted(call.baseUrl(), bucket, encoded(session.object().name()), session.id()));
    call.setHeader("X-GUploader-UploadID", session.id());
    call.reply(200);
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private void resume(HttpCall call, UploadSession session) throws IOException, GcsException {
    if (session.result().isPresent()) {
      call.reply(200, session.result().get().toResource(call.baseUrl(), session.bucket()));
      return;
    }
    ContentRange range =
        ContentRange.parse(call.header("Content-Range").orElse(null), call.contentLength());
    if (range.total().isPresent()) {
      session.declareTotal(range.total().getAsLong());
    }
    if (!range.query()) {
      if (!range.completes() && range.length().getAsLong() % UploadSession.GRANULE != 0) {
        throw GcsException.invalid(
            "Invalid request. The number of bytes uploaded is required to be equal or greater than"
                + " 262144, except for the final request (it's recommended to be the exact multiple"
                + " of 262144).");
      }
      session.receive(call.body(), range.first(), range.length());
      if (range.length().isEmpty()) {
        session.declareTotal(session.received());
      }
    }
    if (session.isWhole()) {
      DeclaredSums declared = DeclaredSums.ofHeader(call.header("x-goog-hash").orElse(""));
      StoredObject stored = sessions.finish(session, declared);
      call.reply(200, stored.toResource(call.baseUrl(), session.bucket()));
      return;
    }
    long persisted = session.persisted();
    if (persisted > 0) {
      call.setHeader("Range", "bytes=0-" + (persisted - 1));
    }
    replyIncomplete(call);
  }

  /** Google's Go client takes 308 for a redirection and asks for another word. */
  private static void replyIncomplete(HttpCall call) throws IOException {
    if (call.header("X-GUploader-No-308").orElse("").equals("yes")) {
      call.setHeader("X-Http-Status-Code-Override", Integer.toString(RESUME_INCOMPLETE));
      call.reply(200);
    } else {
      call.reply(RESUME_INCOMPLETE);
    }
  }

  private static NewObject newObject(HttpCall call, ObjectNode resource) throws GcsException {
    String name = call.query("name", resource.path("name").asString(""));
    DeclaredSums declared =
        DeclaredSums.ofResource(resource)
            .orElse(DeclaredSums.ofHeader(call.header("x-goog-hash").orElse("")));
    return new NewObject(
        name, StoredObject.settingsOf(resource), declared, Preconditions.of(call.query()), "");
  }
}
