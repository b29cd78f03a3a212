package io.movingdata.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.LocalSystem;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** File ids that somebody will use one day, and those that nobody may. */
class NamesIT {
  private static final List<String> ODD =
      List.of(
          "a b.txt",
          "a+b.txt",
          "a%20b.txt",
          "%2F.txt",
          "%46",
          "dir/sub/file.txt",
          "dir//double.txt",
          "/leading",
          "trailing/",
          ".",
          "..",
          "../../etc/passwd",
          "a/../b",
          "Case.txt",
          "case.txt",
          "cafe\u0301.txt",
          "caf\u00e9.txt",
          "\u65e5\u672c\u8a9e.txt",
          "\ud83d\ude80.bin",
          "quote\"'<script>alert(1)</script>&.txt",
          "back\\slash",
          "a?b#c;d=e",
          "con",
          "nul.txt",
          "x".repeat(1024));

  private static LocalSystem system;
  private static Api api;

  @BeforeAll
  static void start() {
    system = LocalSystem.create("names");
    api = system.node("a").api();
    assertThat(api.post("/seed", new JsonObject()).status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  @Test
  void oddNamesComeBackExactlyFromEveryLocation() {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    for (String id : ODD) {
      byte[] content = id.getBytes(StandardCharsets.UTF_8);
      contents.put(id, content);
      Api.Answer uploaded = api.upload(id, content);
      assertThat(uploaded.status()).as("%s: %s", id, uploaded.body()).isEqualTo(201);
    }
    for (String target : List.of("azure", "gcs", "s3")) {
      for (String id : ODD) {
        assertThat(api.move(id, target).status()).as(id).isEqualTo(200);
      }
      contents.forEach(
          (id, content) -> {
            assertThat(api.file(id).getString("id")).isEqualTo(id);
            assertThat(api.download(id).body()).as(id).isEqualTo(content);
          });
    }
  }

  @Test
  void impossibleNamesAreRefusedWithTheReason() {
    List<String> refused =
        List.of("$ne", "tab\there", "line\nbreak", "nul\u0000", "del\u007f", "x".repeat(1025));
    for (String id : refused) {
      Api.Answer answer = api.upload(id, new byte[] {1});
      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
      assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
          .isEqualTo("file_id");
    }
  }
}
