package io.movingdata.core.judge;

import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.Replica;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which content a stored object holds or held, as far as anything tells: the file that references
 * it, its intent, its move, its metadata, the request that stored it; or, where clients gave the
 * file no more than one content, the file alone.
 */
final class Contents {
  private final Map<ObjectAddress, String> known = new HashMap<>();
  private final Map<String, Set<ObjectAddress>> byFile = new HashMap<>();
  private final Map<String, String> onlyContent = new HashMap<>();
  private final Set<String> living = new HashSet<>();

  Contents(Facts facts) {
    CatalogDump catalog = facts.catalog;
    facts.liveFiles.forEach(file -> add(facts, file));
    facts.evidence.earlier().forEach(this::add);
    add(catalog);
    facts
        .objects()
        .forEach((at, o) -> add(at, o.metadata() == null ? null : o.metadata().contentId()));
    facts.evidence.requests().stream()
        .filter(request -> request.key() != null)
        .forEach(r -> add(new ObjectAddress(r.location(), r.key()), r.contentId()));
  }

  private void add(CatalogDump dump) {
    for (FileRecord file : dump.files()) {
      file.replicas().forEach(copy -> add(ObjectAddress.of(copy), file.contentId()));
    }
    Stream.concat(dump.intents().stream(), dump.markers().stream()).forEach(this::add);
    Stream.concat(dump.activeMoves().stream(), dump.pastMoves().stream()).forEach(this::add);
  }

  private void add(Facts facts, FileRecord file) {
    living.add(file.contentId());
    FileHistory history = facts.histories.get(file.id());
    boolean only = history != null && history.writes() == 1;
    for (Replica copy : only ? file.replicas() : List.<Replica>of()) {
      onlyContent.put(ObjectAddress.of(copy).filePart(), file.contentId());
    }
  }

  /** A copy that was given up before anybody opened it has no place. */
  private void add(CopyIntent copy) {
    if (copy.key() != null) {
      add(new ObjectAddress(copy.location(), copy.key()), copy.contentId());
    }
  }

  private void add(MoveRecord move) {
    if (move.copy() != null) {
      add(ObjectAddress.of(move.copy()), move.contentId());
    }
  }

  private void add(ObjectAddress address, String content) {
    byFile.computeIfAbsent(address.filePart(), file -> new LinkedHashSet<>()).add(address);
    if (content != null) {
      known.put(address, content);
    }
  }

  private String of(ObjectAddress address) {
    String content = known.get(address);
    return content == null ? onlyContent.get(address.filePart()) : content;
  }

  /** Whether an object is known to have the content that a file holds now. */
  boolean live(ObjectAddress address) {
    return living.contains(of(address));
  }

  /** Copies that have the content of an object, or may have it for all that is known. */
  List<ObjectAddress> likely(ObjectAddress address) {
    String content = of(address);
    return byFile.getOrDefault(address.filePart(), Set.of()).stream()
        .filter(other -> of(other) == null || of(other).equals(content))
        .toList();
  }
}
