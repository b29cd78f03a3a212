package io.movingdata.gateway.moves;

import io.movingdata.core.contract.Events.MoveEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/** How fast moves ran when they were last heard of. Belongs to one event loop. */
public final class Rates {
  private static final int MOST = 10_000;
  private static final long FRESH_NANOS = 15_000_000_000L;

  private record Seen(double bytesPerSecond, long bytesDone, long nanos) {}

  private final Map<String, Seen> seen = new LinkedHashMap<>();

  /** Hears of a move. */
  public void heard(MoveEvent event, long nanos) {
    seen.remove(event.moveId());
    if (event.state().terminal()) {
      return;
    }
    seen.put(event.moveId(), new Seen(event.bytesPerSecond(), event.bytesDone(), nanos));
    if (seen.size() > MOST) {
      seen.remove(seen.keySet().iterator().next());
    }
  }

  /** Bytes a second, 0 where nothing was heard lately. */
  double rate(String moveId, long nanos) {
    Seen last = fresh(moveId, nanos);
    return last == null ? 0 : last.bytesPerSecond();
  }

  /** Bytes done as last heard, which may be ahead of the document; 0 where nothing was heard. */
  long bytesDone(String moveId, long nanos) {
    Seen last = fresh(moveId, nanos);
    return last == null ? 0 : last.bytesDone();
  }

  private Seen fresh(String moveId, long nanos) {
    Seen last = seen.get(moveId);
    return last != null && nanos - last.nanos() < FRESH_NANOS ? last : null;
  }
}
