package io.movingdata.testkit.net;

import io.vertx.core.buffer.Buffer;
import java.util.function.Predicate;

/** Which requests of a binary protocol reach the server and are never answered. */
final class LostAnswers {
  private Predicate<Buffer> requests = request -> false;
  private int left;
  private int lost;

  /** The next so many requests whose bytes the predicate accepts lose their answers. */
  synchronized void lose(int times, Predicate<Buffer> matching) {
    left = times;
    requests = matching;
  }

  /** Whether the answer to these bytes must not arrive. */
  synchronized boolean concerns(Buffer request) {
    if (left == 0 || !requests.test(request)) {
      return false;
    }
    left--;
    return true;
  }

  synchronized void lost() {
    lost++;
  }

  synchronized int count() {
    return lost;
  }
}
