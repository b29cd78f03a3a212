package io.movingdata.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.movingdata.catalog.store.Filter;
import io.movingdata.core.contract.CatalogApi.FileQuery;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.Selector;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters, orders and cursors as they are made from what a client sends. */
class QueriesTest {
  private static JsonObject filter(Selector selector, String q) {
    return new FileFilters(List.of())
        .of(new FileQuery(selector, null, q, null, 10, null, false))
        .json();
  }

  private static Selector ids(List<String> ids) {
    return new Selector(ids, null, null, null, null, null, null);
  }

  private static Selector prefix(String prefix) {
    return new Selector(null, prefix, null, null, null, null, null);
  }

  @Test
  void noConditionMeansEveryFileThatIsNotDeleted() {
    assertThat(filter(null, null)).isEqualTo(new JsonObject().put("deleted", false));
    assertThat(filter(prefix(""), "")).isEqualTo(new JsonObject().put("deleted", false));
  }

  @ParameterizedTest
  @ValueSource(strings = {".*", "\\E.*", "a|b", "(", "[x]", "^$", "ü+", "€", "\\", "a b#c", "$x"})
  void aTextInAPatternMatchesItselfAlone(String text) {
    String pattern =
        new Filter().startsWith("_id", text).json().getJsonObject("_id").getString("$regex");
    assertThat(Pattern.compile(pattern).matcher(text + "tail").lookingAt()).isTrue();
    assertThat(Pattern.compile(pattern).matcher("other").find()).isFalse();
    assertThat(Pattern.compile(pattern).matcher("x" + text).find()).isFalse();
  }

  @Test
  void aPrefixMayBeginWithADollarSignButNoIdMay() {
    assertThat(filter(prefix("$a"), null).encode()).contains("^\\\\$a");
    assertThatThrownBy(() -> filter(ids(List.of("$a")), null))
        .isInstanceOf(MovingDataException.class);
    assertThatThrownBy(() -> filter(prefix("a\n"), null)).hasMessageContaining("prefix");
    assertThatThrownBy(() -> filter(null, "\u0000")).hasMessageContaining("q");
    assertThatThrownBy(() -> filter(ids(Collections.nCopies(1001, "a")), null))
        .hasMessageContaining("1000");
  }

  @Test
  void aCursorIsReadBackInItsOwnListingOnly() {
    Cursor cursor = new Cursor("-size", 7L, null, "ä/1");
    assertThat(Cursor.decode(cursor.encode(), "id", "-size")).isEqualTo(cursor);
    assertThat(cursor.encode()).matches("[A-Za-z0-9_-]+");
    assertThatThrownBy(() -> Cursor.decode(cursor.encode(), "size")).hasMessageContaining("cursor");
    assertThatThrownBy(() -> Cursor.decode("bm8", "size")).hasMessageContaining("cursor");
  }

  @Test
  void anOrderThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> FileOrder.of("name")).hasMessageContaining("sort");
    assertThat(FileOrder.of(null).sort()).isEqualTo(new JsonObject().put("_id", 1));
    assertThat(FileOrder.of("-size").sort().encode()).isEqualTo("{\"size_bytes\":-1,\"_id\":-1}");
  }

  @Test
  void aCursorWithoutTheValueOfItsOrderIsRefused() {
    assertThatThrownBy(
            () -> FileOrder.of("size").after(new Cursor("size", null, "seven", "a"), new Filter()))
        .hasMessageContaining("cursor");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1001, Integer.MAX_VALUE})
  void aPageHasOneToAThousandEntries(int limit) {
    assertThatThrownBy(() -> Ids.limit(limit)).hasMessageContaining("limit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "$gt", "0123456789ABCDEF0123456789ABCDEF", "0"})
  void aCopyIdIsThirtyTwoHexadecimalDigits(String id) {
    assertThatThrownBy(() -> Ids.copy(id)).hasMessageContaining("copy_id");
  }
}
