package io.movingdata.gateway;

import static io.movingdata.gateway.GatewayFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.gateway.http.Percent;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** File ids in paths: any Unicode comes back as it went in, or is refused. */
class NamesHttpTest {
  private static final String CAFE = "caf\u00e9";
  private static GatewayFixture gateway;

  @BeforeAll
  static void start() {
    gateway = GatewayFixture.start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  static Stream<String> names() {
    return Stream.of(
        "plain.txt",
        "a/b/c.txt",
        "a//b",
        "/leading",
        "trailing/",
        ".",
        "..",
        "../../etc/passwd",
        "a/../b",
        "100%",
        "%2F",
        "%46",
        "a+b c",
        "a?b#c&d=e",
        "semi;colon,comma",
        "quote\"back\\slash'",
        "<script>alert(1)</script>",
        Normalizer.normalize(CAFE, Normalizer.Form.NFC),
        Normalizer.normalize(CAFE, Normalizer.Form.NFD),
        "\u65e5\u672c\u8a9e/\ud83d\ude00.txt",
        "content",
        "a/content",
        "Case",
        "case",
        "\u202etxt.exe",
        "x".repeat(1024));
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyNameComesBackExactly(String name) {
    byte[] content = ("content of " + name).getBytes(StandardCharsets.UTF_8);
    String path = "/files/" + Percent.encode(name);

    HttpResponse<byte[]> made = gateway.put(path + "/content", content);

    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(json(made).path("id").asText()).isEqualTo(name);
    assertThat(gateway.get(path + "/content").body()).isEqualTo(content);
    assertThat(json(gateway.get(path)).path("id").asText()).isEqualTo(name);
    assertThat(json(gateway.get("/policy/" + Percent.encode(name))).path("file_id").asText())
        .isEqualTo(name);
    assertThat(gateway.catalog.file(name).id()).isEqualTo(name);
  }

  @Test
  void realSlashesAndEncodedOnesMeanTheSame() {
    gateway.put("/files/dir/sub/file/content", new byte[] {1});

    assertThat(gateway.get("/files/dir%2Fsub%2ffile/content").statusCode()).isEqualTo(200);
    assertThat(json(gateway.get("/files/dir%2Fsub/file")).path("id").asText())
        .isEqualTo("dir/sub/file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%00",
        "a%0d%0aX-Evil:1",
        "%7f",
        "%zz",
        "%",
        "%4",
        "%c0%af",
        "%ff",
        "%ed%a0%80",
        "%24where",
        "%e2%80%a8"
      })
  void whatCannotBeAnIdIsRefused(String raw) throws IOException {
    for (String path : new String[] {"/files/" + raw, "/files/" + raw + "/content"}) {
      assertThat(gateway.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .as(path)
          .startsWith("HTTP/1.1 400 ")
          .contains("application/problem+json")
          .doesNotContain("\nX-Evil");
    }
  }

  @Test
  void anIdOfMoreThan1024BytesIsRefused() {
    assertThat(gateway.put("/files/" + "y".repeat(1025) + "/content", new byte[0]).statusCode())
        .isEqualTo(400);
    assertThat(gateway.put("/files/" + "%C3%A9".repeat(513) + "/content", new byte[0]).statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../pom.xml",
        "/..%2fpom.xml",
        "/%2e%2e/pom.xml",
        "/%2e%2e%2fpom.xml",
        "/....//pom.xml",
        "/.git/config",
        "/index.html/../../pom.xml",
        "//etc/passwd",
        "/\\..\\pom.xml",
        "/%5c..%5cpom.xml"
      })
  void nothingOutsideThePageIsServed(String path) throws IOException {
    assertThat(gateway.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .matches("(?s)HTTP/1.1 40[04] .*")
        .doesNotContain("<project");
  }
}
