package io.movingdata.consistency.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackupTextTest {
  private static final Instant AT = Instant.parse("2026-11-26T20:00:00Z");
  private static final String FILE = "{\"_id\":\"a\",\"version\":3}";

  private final List<String> heard = new ArrayList<>();
  private final BackupText.Reader reader =
      new BackupText.Reader(
          new BackupText.Listener() {
            @Override
            public void head(Instant at) {
              heard.add(at.toString());
            }

            @Override
            public void document(String collection, JsonObject document) {
              heard.add(collection + " " + document.encode());
            }
          });

  @Test
  void documentsComeBack() {
    reader.take(BackupText.head("id", AT));
    reader.take(BackupText.line("files", FILE));
    assertThat(reader.whole()).isFalse();
    reader.take(BackupText.end(1));
    assertThat(reader.whole()).isTrue();
    assertThat(heard).containsExactly(AT.toString(), "files " + FILE);
  }

  @Test
  void aDocumentThatIsMissingIsNoticed() {
    reader.take(BackupText.head("id", AT));
    reader.take(BackupText.end(1));
    assertThat(reader.whole()).isFalse();
  }

  @Test
  void anotherFormatIsRefused() {
    assertThatThrownBy(() -> reader.take("{\"backup\":2}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> reader.take(BackupText.line("files", FILE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyWhatOutlivesTheCatalogIsPutBackAndCollectionsAreNotMixed() {
    List<String> batches = new ArrayList<>();
    DocumentWriter writer =
        new DocumentWriter(
            Set.of("there"), (collection, some) -> batches.add(collection + " " + some.size()));
    for (int i = 0; i < 250; i++) {
      writer.document("audit", new JsonObject().put("_id", "a" + i));
    }
    writer.document("files", new JsonObject().put("_id", "there").put("deleted", false));
    writer.document("files", new JsonObject().put("_id", "there").put("deleted", true));
    writer.document("files", new JsonObject().put("_id", "gone").put("deleted", true));
    writer.document("file_insights", new JsonObject().put("_id", "there"));
    writer.document("file_insights", new JsonObject().put("_id", "elsewhere"));
    writer.document("jobs", new JsonObject().put("_id", "j").put("finished_at", "2026"));
    writer.document("jobs", new JsonObject().put("_id", "k"));
    writer.document("moves_active", new JsonObject().put("_id", "there"));
    writer.document("outbox", new JsonObject().put("_id", "o"));
    writer.flush();
    assertThat(batches)
        .containsExactly("audit 200", "audit 50", "files 1", "file_insights 1", "jobs 1");
    assertThat(writer.counts())
        .isEqualTo(Map.of("audit", 250L, "files", 1L, "file_insights", 1L, "jobs", 1L));
  }

  @Test
  void aCopyThatItsFileReferencesWasNotGivenUp() {
    Remembered remembered = new Remembered();
    remembered.head(AT);
    String copy = "c".repeat(32);
    JsonObject replica = new JsonObject().put("copy_id", copy).put("location", "s3");
    remembered.document(
        "files",
        new JsonObject()
            .put("_id", "a")
            .put("version", 1)
            .put("primary", "s3")
            .put("replicas", List.of(replica)));
    remembered.document("garbage", new JsonObject().put("_id", copy));
    remembered.document("garbage", new JsonObject().put("_id", "d".repeat(32)));
    remembered.document(
        "uploads", new JsonObject().put("_id", "e".repeat(32)).put("discarded", true));
    remembered.document(
        "uploads", new JsonObject().put("_id", "f".repeat(32)).put("discarded", false));
    assertThat(remembered.at()).isEqualTo(AT);
    assertThat(remembered.known().givenUp())
        .containsExactlyInAnyOrder("d".repeat(32), "e".repeat(32));
    assertThat(remembered.known().files().get("a").references(copy)).isTrue();
  }
}
