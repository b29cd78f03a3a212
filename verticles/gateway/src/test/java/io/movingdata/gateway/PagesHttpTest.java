package io.movingdata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dashboard's files as browsers get them. */
class PagesHttpTest {
  private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"");
  private static final Pattern IMPORT =
      Pattern.compile("(?:from|import)\\s*\\(?\\s*[\"'](\\.[^\"']+\\.js)[\"']");
  private static final List<String> PAGES =
      List.of(
          "overview",
          "files",
          "moves",
          "stream",
          "decisions",
          "consistency",
          "costs",
          "audit",
          "simulator");
  private static GatewayFixture gateway;

  @BeforeAll
  static void start() {
    gateway = GatewayFixture.start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static Set<String> references() {
    Set<String> found = new TreeSet<>();
    Matcher matcher = REFERENCE.matcher(text(gateway.get("/")));
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  @Test
  void thePageIsAskedForAnewAndItsFilesAreKeptForEver() {
    assertThat(header(gateway.get("/"), "Cache-Control")).isEqualTo("no-cache");
    assertThat(references()).hasSizeGreaterThan(10);
    for (String path : references()) {
      HttpResponse<byte[]> file = gateway.get(path);
      assertThat(file.statusCode()).as(path).isEqualTo(200);
      assertThat(header(file, "Cache-Control")).as(path).contains("immutable");
    }
  }

  @Test
  void everyModuleThatIsImportedIsThere() {
    Set<String> seen = new TreeSet<>(references());
    seen.removeIf(path -> !path.endsWith(".js"));
    String pages = seen.iterator().next().replaceFirst("/(js|lib)/.*", "/js/pages/");
    for (String name : PAGES) {
      seen.add(pages + name + ".js");
    }
    List<String> next = List.copyOf(seen);
    while (!next.isEmpty()) {
      Set<String> found = new TreeSet<>();
      for (String path : next) {
        HttpResponse<byte[]> module = gateway.get(path);
        assertThat(module.statusCode()).as(path).isEqualTo(200);
        Matcher imports = IMPORT.matcher(text(module));
        while (imports.find()) {
          found.add(java.net.URI.create(path).resolve(imports.group(1)).toString());
        }
      }
      found.removeAll(seen);
      seen.addAll(found);
      next = List.copyOf(found);
    }
    assertThat(seen).anyMatch(path -> path.endsWith("/uPlot.esm.js"));
  }

  @Test
  void whatTheBrowserHasIsNotSentAgain() {
    HttpResponse<byte[]> first = gateway.get("/");
    String etag = header(first, "ETag");

    HttpResponse<byte[]> again = gateway.send(gateway.request("/").header("If-None-Match", etag));

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(gateway.send(gateway.request("/").header("If-None-Match", "\"other\"")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void filesAreCompressedForWhoAcceptsIt() throws IOException {
    HttpResponse<byte[]> plain = gateway.get("/");
    HttpResponse<byte[]> zipped =
        gateway.send(gateway.request("/").header("Accept-Encoding", "br, gzip;q=0.8"));

    assertThat(header(plain, "Content-Encoding")).isEmpty();
    assertThat(header(zipped, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(zipped, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes())
        .isEqualTo(plain.body());
    assertThat(
            header(
                gateway.send(gateway.request("/").header("Accept-Encoding", "gzip;q=0")),
                "Content-Encoding"))
        .isEmpty();
  }

  @Test
  void anotherVersionIsServedButNotKept() {
    String file = references().iterator().next().replaceFirst("/assets/[^/]+/", "/assets/0ld/");

    HttpResponse<byte[]> answer = gateway.get(file);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void nothingElseOfTheFolderIsServed() {
    for (String path :
        List.of(
            "/assets/current/index.html",
            "/assets/current/../index.html",
            "/assets/current/pictures/overview-light.png",
            "/assets/current/js/none.js",
            "/js/app.js")) {
      assertThat(gateway.get(path).statusCode()).as(path).isEqualTo(404);
    }
  }
}
