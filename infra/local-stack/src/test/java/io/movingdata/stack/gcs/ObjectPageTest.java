package io.movingdata.stack.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectPageTest {

  private static final NavigableMap<String, StoredObject> ALL =
      objects(
          "a", "d/", "d/1", "d/2", "d/e/1", "d/e/2", "d/f", "d0", "z/1", "\uFF5E", "\uD83D\uDE00");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void pagesOfAnySizeGiveEverythingOnceInOrder(int max) throws Exception {
    assertThat(walk("", "", max)).containsExactlyElementsOf(ALL.keySet());
    assertThat(walk("", "/", max)).containsExactly("a", "d/", "d0", "z/", "\uFF5E", "\uD83D\uDE00");
    assertThat(walk("d/", "/", max)).containsExactly("d/", "d/1", "d/2", "d/e/", "d/f");
    assertThat(walk("d/", "", max)).containsExactly("d/", "d/1", "d/2", "d/e/1", "d/e/2", "d/f");
    assertThat(walk("none", "/", max)).isEmpty();
  }

  @Test
  void namesAreInTheOrderOfTheirBytes() {
    assertThat(ALL.lastKey()).isEqualTo("\uD83D\uDE00");
  }

  @Test
  void aTokenOfNobodysIsRefused() {
    assertThatThrownBy(() -> ObjectPage.list(ALL, "", "", "?", 1)).isInstanceOf(GcsException.class);
  }

  private static List<String> walk(String prefix, String delimiter, int max) throws GcsException {
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      ObjectPage page = ObjectPage.list(ALL, prefix, delimiter, token, max);
      List<String> names = new ArrayList<>(page.prefixes());
      page.objects().forEach(object -> names.add(object.name()));
      names.sort(NameOrder.BY_UTF8);
      assertThat(names).hasSizeBetween(page.next().isPresent() ? max : 0, max);
      seen.addAll(names);
      token = page.next().orElse("");
    } while (!token.isEmpty());
    return seen;
  }

  private static NavigableMap<String, StoredObject> objects(String... names) {
    NavigableMap<String, StoredObject> objects = new TreeMap<>(NameOrder.BY_UTF8);
    for (String name : names) {
      Checksums.Values sums = new Checksums().values();
      objects.put(
          name,
          new StoredObject(name, 1, 1, sums, Instant.EPOCH, Instant.EPOCH, Json.object(), ""));
    }
    return objects;
  }
}
