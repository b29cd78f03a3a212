package io.movingdata.core.storage;

import io.movingdata.core.checksum.Crc32cValue;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which parts of an upload its provider holds, and how far they reach without a gap, with the
 * checksum up to there.
 */
final class PartLedger {
  /** A checksum that nobody knows. */
  static final long UNKNOWN = -1;

  private final List<String> tags;
  private final SortedMap<Integer, Pending> pending = new TreeMap<>();
  private int nextNumber;
  private long nextOffset;
  private long durable;
  private long crc32c;

  private static final class Pending {
    final Part part;
    final Crc32cValue checksum;
    String tag;

    Pending(Part part, Crc32cValue checksum) {
      this.part = part;
      this.checksum = checksum;
    }
  }

  PartLedger(UploadedParts held) {
    this.tags = new ArrayList<>(held.tags());
    this.nextNumber = tags.size() + 1;
    this.nextOffset = held.size();
    this.durable = held.size();
    this.crc32c = held.crc32c();
  }

  /** The next part, not stored yet. */
  Part begin(long size, boolean last, Crc32cValue checksum) {
    Part part = new Part(nextNumber, nextOffset, size, last);
    pending.put(part.number(), new Pending(part, checksum));
    nextNumber++;
    nextOffset += size;
    return part;
  }

  /** Notes that the provider holds a part. */
  void stored(Part part, String tag) {
    pending.get(part.number()).tag = tag;
    while (!pending.isEmpty() && pending.get(pending.firstKey()).tag != null) {
      Pending first = pending.remove(pending.firstKey());
      tags.add(first.tag);
      durable += first.part.size();
      crc32c = crc32c == UNKNOWN ? UNKNOWN : combined(first);
    }
  }

  private long combined(Pending next) {
    Crc32cValue sofar = new Crc32cValue((int) crc32c);
    int both = Crc32cValue.combine(sofar, next.checksum, next.part.size()).value();
    return Integer.toUnsignedLong(both);
  }

  /** Whether a part that is not durable yet ends at the offset. */
  boolean pendingEnd(long offset) {
    return pending.values().stream().anyMatch(p -> p.part.offset() + p.part.size() == offset);
  }

  /** How many parts are not durable, or durable behind one that is not. */
  int pending() {
    return pending.size();
  }

  long durable() {
    return durable;
  }

  /** Of the durable bytes; {@link #UNKNOWN} where it is not known. */
  long crc32c() {
    return crc32c;
  }

  UploadedParts parts() {
    return new UploadedParts(durable, tags, crc32c);
  }
}
