package io.movingdata.consistency.verify;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.security.ObjectLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the catalog must never say of a file, though each part alone may be right. Placement keeps
 * to most of it; documents that were restored or edited, and a configuration that lost a location,
 * may not.
 */
public final class Contradictions {
  private Contradictions() {}

  /** What contradicts itself in a file's document, in one sentence; empty where nothing does. */
  public static Optional<String> in(FileRecord file, Set<String> locations) {
    List<String> found = new ArrayList<>();
    if (file.primaryReplica().isEmpty()) {
      found.add("there is no copy at the primary location, " + file.primary());
    }
    Set<String> copies = new HashSet<>();
    Set<String> verified = new HashSet<>();
    for (Replica copy : file.replicas()) {
      if (!locations.contains(copy.location())) {
        found.add("a copy is at " + copy.location() + ", which is not configured");
      }
      if (!copies.add(copy.copyId())) {
        found.add("the copy " + copy.copyId() + " is referenced twice");
      }
      if (copy.verified() && !verified.add(copy.location())) {
        found.add("two verified copies are at " + copy.location());
      }
      if (!fits(file.sizeBytes(), copy)) {
        found.add(
            "the copy at %s cannot hold %d bytes of content in %d"
                .formatted(copy.location(), file.sizeBytes(), copy.bytes()));
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", found));
  }

  private static boolean fits(long contentSize, Replica copy) {
    try {
      ObjectLayout layout = new ObjectLayout(contentSize);
      return layout.format() == copy.format() && layout.storedSize() == copy.bytes();
    } catch (IllegalArgumentException impossible) {
      return false;
    }
  }
}
