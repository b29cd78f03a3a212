package io.movingdata.gateway.docs;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Routes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** {@code /openapi.json}, {@code /docs} and the pages of problems. */
public final class DocsEndpoints {
  private static final String HTML = "text/html; charset=utf-8";

  private final Buffer document;
  private final HtmlPage docs;

  public DocsEndpoints() {
    OpenApiDocument api = OpenApiDocument.load();
    this.document = api.bytes();
    this.docs = DocsPage.of(api.root());
  }

  /** Binds the operations. */
  public void bind(Routes routes) {
    routes
        .bind(
            Operation.GET_OPENAPI,
            call -> Future.succeededFuture(Answer.of(200, "application/json", document)))
        .bind(Operation.GET_DOCS, call -> Future.succeededFuture(page(docs)))
        .bind(Operation.GET_PROBLEM, DocsEndpoints::problem);
  }

  private static Future<Answer> problem(Call call) {
    String slug = call.path("slug");
    ErrorCode code =
        Arrays.stream(ErrorCode.values())
            .filter(c -> c.slug().equals(slug))
            .findFirst()
            .orElseThrow(
                () -> MovingDataException.of(ErrorCode.UNKNOWN_PATH, "no problem of this name"));
    String again =
        code.retryable()
            ? "The same request may succeed later."
            : "The same request will be refused again until something changes.";
    String body =
        "<p>"
            + HtmlPage.escape(code.title())
            + ".</p><p>HTTP status "
            + code.httpStatus()
            + ", code <code>"
            + code.name()
            + "</code>. "
            + again
            + "</p><p><a href=\"/docs\">The API</a></p>";
    return Future.succeededFuture(page(new HtmlPage(code.slug(), body)));
  }

  private static Answer page(HtmlPage page) {
    return Answer.of(200, HTML, Buffer.buffer(page.html()))
        .with("Content-Security-Policy", page.contentSecurityPolicy());
  }
}
