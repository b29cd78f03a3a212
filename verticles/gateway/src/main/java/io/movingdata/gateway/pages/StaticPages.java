package io.movingdata.gateway.pages;

import io.movingdata.gateway.http.SafeHeaders;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the dashboard from memory: the page, which is asked for anew each time, and its files,
 * which a browser keeps for ever. Files that change on the disk are seen with the next page.
 */
public final class StaticPages implements Handler<RoutingContext> {
  private static final Logger LOG = LoggerFactory.getLogger(StaticPages.class);
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final Pattern ASSET = Pattern.compile("/assets/([a-z0-9]{1,32})/([\\w./-]+)");
  private static final long LOOK_NANOS = 1_000_000_000L;
  private static final String FOREVER = "public, max-age=31536000, immutable";

  private record Loaded(String print, AssetTree tree) {}

  private final Vertx vertx;
  private final Path webroot;
  private Loaded loaded;
  private long looked;

  public StaticPages(Vertx vertx, Path webroot) {
    this.vertx = vertx;
    this.webroot = webroot.toAbsolutePath().normalize();
  }

  @Override
  public void handle(RoutingContext context) {
    String path = context.request().path();
    Matcher asset = ASSET.matcher(path);
    boolean page = path.equals("/") || path.equals("/index.html");
    if (!READING.contains(context.request().method().name()) || !(page || asset.matches())) {
      context.next();
      return;
    }
    tree(page)
        .onFailure(context::fail)
        .onSuccess(
            tree -> {
              Asset found = page ? tree.page() : tree.find(asset.group(2));
              if (found == null) {
                context.next();
                return;
              }
              boolean kept = !page && asset.group(1).equals(tree.version());
              write(context, found, kept ? FOREVER : "no-cache");
            });
  }

  private Future<AssetTree> tree(boolean look) {
    boolean fresh = System.nanoTime() - looked < LOOK_NANOS;
    if (loaded != null && (!look || fresh)) {
      return Future.succeededFuture(loaded.tree());
    }
    Loaded known = loaded;
    return vertx
        .executeBlocking(
            () -> {
              String print = AssetTree.fingerprint(webroot);
              boolean same = known != null && known.print().equals(print);
              return same ? known : new Loaded(print, AssetTree.load(webroot));
            })
        .map(
            now -> {
              loaded = now;
              looked = System.nanoTime();
              return now.tree();
            })
        .recover(
            failure -> {
              LOG.error("the dashboard's files in {} cannot be read", webroot, failure);
              return known == null
                  ? Future.failedFuture(failure)
                  : Future.succeededFuture(known.tree());
            });
  }

  private static void write(RoutingContext context, Asset asset, String caching) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    response
        .putHeader("Content-Security-Policy", SafeHeaders.CSP_PAGE)
        .putHeader("Cache-Control", caching)
        .putHeader("ETag", asset.etag())
        .putHeader("Vary", "Accept-Encoding");
    if (known(request.getHeader("If-None-Match"), asset.etag())) {
      response.setStatusCode(304).end();
      return;
    }
    byte[] smaller = accepts(request.getHeader("Accept-Encoding")) ? asset.compressed() : null;
    byte[] body = smaller == null ? asset.bytes() : smaller;
    response.putHeader("Content-Type", asset.mediaType());
    if (smaller != null) {
      response.putHeader("Content-Encoding", "gzip");
    }
    if (request.method().name().equals("HEAD")) {
      response.putHeader("Content-Length", Integer.toString(body.length)).end();
    } else {
      response.end(Buffer.buffer(body));
    }
  }

  private static boolean known(String given, String etag) {
    return given != null && (given.equals("*") || given.contains(etag));
  }

  private static boolean accepts(String encodings) {
    return encodings != null
        && Pattern.compile("(^|,)\\s*gzip\\s*(;\\s*q=(1|0\\.0*[1-9])[^,]*)?\\s*(,|$)")
            .matcher(encodings)
            .find();
  }
}
