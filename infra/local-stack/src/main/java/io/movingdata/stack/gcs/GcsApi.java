package io.movingdata.stack.gcs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads each request to what carries it out, and turns what goes wrong into Google's errors. */
public final class GcsApi implements HttpHandler {

  private static final Logger log = LoggerFactory.getLogger(GcsApi.class);
  private static final List<String> API = List.of("storage", "v1", "b");

  private final BucketCalls buckets;
  private final ObjectCalls objects;
  private final UploadCalls uploads;
  private final TokenDesk tokens;

  /**
   * Opens the objects in a folder.
   *
   * @param access who may call
   * @throws IOException if they cannot be read
   */
  public GcsApi(Path folder, GcsAccess access) throws IOException {
    try {
      Buckets all = Buckets.open(folder.resolve("buckets"));
      UploadSessions sessions = UploadSessions.open(folder.resolve("uploads"), all);
      this.buckets = new BucketCalls(all);
      this.objects = new ObjectCalls(all);
      this.uploads = new UploadCalls(new DirectUploads(all, folder.resolve("incoming")), sessions);
      this.tokens = new TokenDesk(access);
    } catch (GcsException e) {
      throw new IOException("the objects in " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      answer(new HttpCall(exchange));
    } catch (IOException e) {
      log.info("{} {} broke off: {}", exchange.getRequestMethod(), path(exchange), e.toString());
    } catch (RuntimeException e) {
      log.error("{} {} failed", exchange.getRequestMethod(), path(exchange), e);
    } finally {
      // What has no whole reply by now gets none: the client sees a broken connection.
      exchange.close();
    }
  }

  /** Without the query, where a session's address would have its secret. */
  private static String path(HttpExchange exchange) {
    return exchange.getRequestURI().getRawPath();
  }

  private void answer(HttpCall call) throws IOException {
    try {
      route(call);
    } catch (GcsException e) {
      call.refuse(e);
    } catch (IllegalArgumentException e) {
      call.refuse(GcsException.invalid("Malformed request: " + e.getMessage()));
    }
  }

  private void route(HttpCall call) throws IOException, GcsException {
    List<String> path = call.path();
    if (path.equals(List.of("token"))) {
      tokens.issue(call);
      return;
    }
    boolean upload = path.get(0).equals("upload");
    boolean download = path.get(0).equals("download");
    List<String> rest = upload || download ? path.subList(1, path.size()) : path;
    if (rest.size() < API.size() || !rest.subList(0, API.size()).equals(API)) {
      throw GcsException.notFound("Not Found");
    }
    // A session's address is a credential in itself.
    if (!(upload && call.query().containsKey("upload_id"))) {
      tokens.check(call);
    }
    List<String> names = rest.subList(API.size(), rest.size());
    if (upload && isObjects(names)) {
      uploads.handle(call, names.get(0));
    } else if (download && isObject(names)) {
      objects.handle(call, names.get(0), names.get(2));
    } else if (upload || download) {
      throw GcsException.notFound("Not Found");
    } else if (isObject(names)) {
      objects.handle(call, names.get(0), names.get(2));
    } else if (isObjects(names)) {
      objects.list(call, names.get(0));
    } else if (names.isEmpty()) {
      buckets.handleAll(call);
    } else if (names.size() == 1) {
      buckets.handleOne(call, names.get(0));
    } else {
      throw GcsException.notFound("Not Found");
    }
  }

  private static boolean isObjects(List<String> names) {
    return names.size() == 2 && names.get(1).equals("o");
  }

  private static boolean isObject(List<String> names) {
    return names.size() == 3 && names.get(1).equals("o");
  }
}
