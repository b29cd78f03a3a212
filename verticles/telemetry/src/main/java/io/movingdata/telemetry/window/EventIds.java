package io.movingdata.telemetry.window;

/**
 * Remembers which events were seen: the latest ones, at least as many as half its capacity. Ids are
 * kept as 64-bit hashes, of which two among a million are the same once in forty million times.
 */
public final class EventIds {
  private static final int START = 1 << 10;

  private final int most;
  private Generation young = new Generation();
  private Generation old = new Generation();

  private static final class Generation {
    long[] slots = new long[START];
    int size;

    boolean contains(long hash) {
      int at = (int) hash & slots.length - 1;
      while (slots[at] != 0) {
        if (slots[at] == hash) {
          return true;
        }
        at = at + 1 & slots.length - 1;
      }
      return false;
    }

    void add(long hash) {
      if (size * 2 >= slots.length) {
        long[] before = slots;
        slots = new long[before.length * 2];
        size = 0;
        for (long one : before) {
          if (one != 0) {
            add(one);
          }
        }
      }
      int at = (int) hash & slots.length - 1;
      while (slots[at] != 0) {
        at = at + 1 & slots.length - 1;
      }
      slots[at] = hash;
      size++;
    }
  }

  /** Remembers at most that many; 16 to 32 bytes each. */
  public EventIds(int most) {
    this.most = most;
  }

  /** Whether an event is new; it is remembered from now on. */
  public boolean add(String eventId) {
    long hash = Hashes.of(eventId);
    hash = hash == 0 ? 1 : hash;
    if (young.contains(hash) || old.contains(hash)) {
      return false;
    }
    if (young.size >= most / 2) {
      old = young;
      young = new Generation();
    }
    young.add(hash);
    return true;
  }
}
