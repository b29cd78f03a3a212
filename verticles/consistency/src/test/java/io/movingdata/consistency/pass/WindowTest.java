package io.movingdata.consistency.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.consistency.verify.CopyCheck.Expected;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static Expected copy(String key) {
    return new Expected(key, "file", 1, null, null, true);
  }

  @Test
  void windowsOneAfterAnotherShowEveryKeyOnceAndInOrder() {
    for (long seed = 1; seed <= 50; seed++) {
      Random random = new Random(seed);
      TreeSet<String> all = new TreeSet<>();
      int count = random.nextInt(60);
      while (all.size() < count) {
        all.add("k" + random.nextInt(1_000));
      }
      List<String> shuffled = new ArrayList<>(all);
      Collections.shuffle(shuffled, random);
      int capacity = 1 + random.nextInt(20);

      List<String> seen = new ArrayList<>();
      String after = null;
      boolean more = true;
      while (more) {
        Window window = new Window(after, capacity);
        shuffled.forEach(key -> window.offer(copy(key)));
        window.close();
        while (window.peek() != null) {
          seen.add(window.take().key());
        }
        after = window.last();
        more = window.moreFollow();
      }
      assertThat(seen).as("seed " + seed).containsExactlyElementsOf(all);
    }
  }

  @Test
  void anEmptyWindowEndsWhereItBegan() {
    Window window = new Window("m", 3);
    window.offer(copy("a"));
    window.close();
    assertThat(window.peek()).isNull();
    assertThat(window.moreFollow()).isFalse();
    assertThat(window.last()).isEqualTo("m");
  }
}
