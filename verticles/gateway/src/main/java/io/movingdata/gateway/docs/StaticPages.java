package io.movingdata.gateway.docs;

import io.movingdata.gateway.http.SafeHeaders;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.nio.file.Path;
import java.util.Set;

/** The files of the web page: read only, no listings, no hidden files, nothing outside. */
public final class StaticPages implements Handler<RoutingContext> {
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final StaticHandler files;

  public StaticPages(Path webroot) {
    this.files =
        StaticHandler.create(FileSystemAccess.ROOT, webroot.toAbsolutePath().normalize().toString())
            .setCachingEnabled(false)
            .setDirectoryListing(false)
            .setIncludeHidden(false)
            .setEnableRangeSupport(false)
            .setIndexPage("index.html");
  }

  @Override
  public void handle(RoutingContext context) {
    HttpMethod method = context.request().method();
    String raw = context.request().uri();
    boolean harmless = raw.matches("/[A-Za-z0-9_./-]*(\\?.*)?") && !raw.contains("..");
    if (harmless && READING.contains(method.name())) {
      context.response().putHeader("Content-Security-Policy", SafeHeaders.CSP_PAGE);
      context.response().putHeader("Cache-Control", "no-cache");
      files.handle(context);
    } else {
      context.next();
    }
  }
}
