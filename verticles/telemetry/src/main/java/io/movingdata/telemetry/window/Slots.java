package io.movingdata.telemetry.window;

import java.util.Arrays;

/**
 * What cannot be added up a minute at a time, in four slots of 20 minutes that take turns: a
 * histogram of latencies whose bins grow by a fifth, and a bitmap that counts clients. At most 0.9
 * kB.
 */
final class Slots {
  private static final int SLOTS = 4;
  private static final int MINUTES = 20;
  private static final double FIRST_BIN_MS = 0.5;
  private static final double GROWTH = 1.2;
  private static final int BINS = 78;
  private static final int CLIENT_WORDS = 8;
  private static final int CLIENT_BITS = CLIENT_WORDS * 64;

  private final long[] slotOf = new long[SLOTS];
  private char[] bins;
  private float[] longest;
  private long[] clients;

  Slots() {
    Arrays.fill(slotOf, -1);
  }

  private int place(long minute, long newest) {
    long slot = minute / MINUTES;
    if (slot <= newest / MINUTES - SLOTS) {
      return -1;
    }
    int place = (int) (slot % SLOTS);
    if (slotOf[place] < slot) {
      slotOf[place] = slot;
      if (bins != null) {
        Arrays.fill(bins, place * BINS, (place + 1) * BINS, (char) 0);
        longest[place] = 0;
      }
      if (clients != null) {
        Arrays.fill(clients, place * CLIENT_WORDS, (place + 1) * CLIENT_WORDS, 0);
      }
    }
    return slotOf[place] == slot ? place : -1;
  }

  void latency(double ms, long minute, long newest) {
    int place = place(minute, newest);
    if (place < 0) {
      return;
    }
    if (bins == null) {
      bins = new char[SLOTS * BINS];
      longest = new float[SLOTS];
    }
    int at = place * BINS + bin(ms);
    if (bins[at] < Character.MAX_VALUE) {
      bins[at]++;
    }
    longest[place] = Math.max(longest[place], (float) ms);
  }

  private static int bin(double ms) {
    if (ms <= FIRST_BIN_MS) {
      return 0;
    }
    int bin = (int) Math.ceil(Math.log(ms / FIRST_BIN_MS) / Math.log(GROWTH));
    return Math.min(BINS - 1, bin);
  }

  void client(String id, long minute, long newest) {
    int place = place(minute, newest);
    if (place < 0) {
      return;
    }
    if (clients == null) {
      clients = new long[SLOTS * CLIENT_WORDS];
    }
    int bit = (int) Long.remainderUnsigned(Hashes.of(id), CLIENT_BITS);
    clients[place * CLIENT_WORDS + bit / 64] |= 1L << bit;
  }

  /** Adds what others have. */
  void addAll(Slots others, long newest) {
    for (int from = 0; from < SLOTS; from++) {
      int to = others.slotOf[from] < 0 ? -1 : place(others.slotOf[from] * MINUTES, newest);
      if (to < 0) {
        continue;
      }
      if (others.bins != null) {
        bins = bins == null ? new char[SLOTS * BINS] : bins;
        longest = longest == null ? new float[SLOTS] : longest;
        for (int bin = 0; bin < BINS; bin++) {
          int sum = bins[to * BINS + bin] + others.bins[from * BINS + bin];
          bins[to * BINS + bin] = (char) Math.min(Character.MAX_VALUE, sum);
        }
        longest[to] = Math.max(longest[to], others.longest[from]);
      }
      if (others.clients != null) {
        clients = clients == null ? new long[SLOTS * CLIENT_WORDS] : clients;
        for (int word = 0; word < CLIENT_WORDS; word++) {
          clients[to * CLIENT_WORDS + word] |= others.clients[from * CLIENT_WORDS + word];
        }
      }
    }
  }

  private boolean covers(int place, long minute) {
    long now = minute / MINUTES;
    return slotOf[place] > now - SLOTS && slotOf[place] <= now;
  }

  /** An upper bound of the percentile; 0 where no latency was measured. */
  double percentile(double share, long minute) {
    if (bins == null) {
      return 0;
    }
    long all = 0;
    for (int bin = 0; bin < BINS; bin++) {
      all += inBin(bin, minute);
    }
    long wanted = (long) Math.ceil(all * share);
    long seen = 0;
    for (int bin = 0; bin < BINS && all > 0; bin++) {
      seen += inBin(bin, minute);
      if (seen >= wanted) {
        return Math.min(longest(minute), FIRST_BIN_MS * Math.pow(GROWTH, bin));
      }
    }
    return 0;
  }

  private long inBin(int bin, long minute) {
    long count = 0;
    for (int place = 0; place < SLOTS; place++) {
      count += covers(place, minute) ? bins[place * BINS + bin] : 0;
    }
    return count;
  }

  double longest(long minute) {
    double most = 0;
    for (int place = 0; place < SLOTS && longest != null; place++) {
      most = covers(place, minute) ? Math.max(most, longest[place]) : most;
    }
    return most;
  }

  /** Different clients, by the share of the bits that none of them set. */
  long clients(long minute) {
    if (clients == null) {
      return 0;
    }
    int set = 0;
    for (int word = 0; word < CLIENT_WORDS; word++) {
      long any = 0;
      for (int place = 0; place < SLOTS; place++) {
        any |= covers(place, minute) ? clients[place * CLIENT_WORDS + word] : 0;
      }
      set += Long.bitCount(any);
    }
    double free = Math.max(1, CLIENT_BITS - set);
    return Math.round(-CLIENT_BITS * Math.log(free / CLIENT_BITS));
  }
}
