package io.movingdata.testkit.storage;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.StorageApi.ListPage;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How every store lists its objects. */
abstract class ListingContract extends StoreContractBase {
  private static final int MANY_PAGES = 100;

  private List<String> stored(String prefix, String... names) {
    List<String> keys = new ArrayList<>();
    for (String name : names) {
      keys.add(prefix + name);
      outcome(store().put(prefix + name, METADATA, Buffer.buffer(name)));
    }
    return keys;
  }

  private static List<String> keysOf(ListPage page) {
    return page.objects().stream().map(ObjectStat::key).toList();
  }

  @Test
  void listsByPrefixInOrderOfKeys() {
    String prefix = freshKey("prefix-");
    stored(prefix, "b", "a", "a.b", "a-b", "c");
    stored(freshKey("other-"), "a");

    ListPage page = outcome(store().list(new ListRequest(prefix, null, null, 1000)));

    assertThat(keysOf(page))
        .containsExactly(prefix + "a", prefix + "a-b", prefix + "a.b", prefix + "b", prefix + "c");
    assertThat(page.prefixes()).isEmpty();
    assertThat(page.next()).isNull();
    assertThat(page.objects().get(0).size()).isEqualTo(1);
    assertThat(page.objects().get(2).size()).isEqualTo(3);
  }

  @Test
  void listsNothingUnderAnUnknownPrefix() {
    ListPage page = outcome(store().list(new ListRequest(freshKey("none"), null, null, 10)));

    assertThat(page.objects()).isEmpty();
    assertThat(page.prefixes()).isEmpty();
    assertThat(page.next()).isNull();
  }

  @Test
  void groupsByDelimiter() {
    String prefix = freshKey("folders-");
    stored(prefix, "a/1", "a/2", "b/1", "c");

    ListPage page = outcome(store().list(new ListRequest(prefix, "/", null, 1000)));

    assertThat(keysOf(page)).containsExactly(prefix + "c");
    assertThat(page.prefixes()).containsExactly(prefix + "a/", prefix + "b/");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 6, 7})
  void pagesWithoutGapOrRepetition(int limit) {
    String prefix = freshKey("pages-" + limit + "-");
    List<String> keys = stored(prefix, "1", "2", "3", "4", "5", "6");

    List<String> listed = new ArrayList<>();
    Set<String> tokens = new HashSet<>();
    String token = null;
    do {
      ListPage page = outcome(store().list(new ListRequest(prefix, null, token, limit)));
      assertThat(page.objects().size()).isLessThanOrEqualTo(limit);
      listed.addAll(keysOf(page));
      token = page.next();
      assertThat(token == null || tokens.add(token)).as("every page token is new").isTrue();
      assertThat(tokens.size()).isLessThan(MANY_PAGES);
    } while (token != null);

    assertThat(listed).isEqualTo(keys);
  }

  @Test
  void listsWhatWasJustStoredAndNotWhatWasJustDeleted() {
    String prefix = freshKey("fresh-");
    List<String> keys = stored(prefix, "1", "2");
    outcome(store().delete(keys.get(0), null));

    ListPage page = outcome(store().list(new ListRequest(prefix, null, null, 10)));

    assertThat(keysOf(page)).containsExactly(keys.get(1));
  }
}
