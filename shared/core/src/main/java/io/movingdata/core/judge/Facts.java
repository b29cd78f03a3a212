package io.movingdata.core.judge;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.Replica;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The evidence, arranged for looking things up. */
final class Facts {
  final Evidence evidence;
  final CatalogDump catalog;
  final List<FileRecord> liveFiles;
  final Map<String, FileRecord> liveById;
  final Map<String, FileHistory> histories = new TreeMap<>();
  final RequestLog log;
  final Contents contents;

  private final Set<String> lookedAt = new HashSet<>();
  private final Map<ObjectAddress, StoredObject> objects = new HashMap<>();
  private final Map<ObjectAddress, FileRecord> references = new HashMap<>();
  private final Set<ObjectAddress> expected = new HashSet<>();
  private final Set<String> givenUp = new HashSet<>();

  Facts(Evidence evidence) {
    this.evidence = evidence;
    this.catalog = evidence.catalog();
    this.liveFiles = catalog.files().stream().filter(file -> !file.deleted()).toList();
    this.liveById =
        liveFiles.stream()
            .collect(Collectors.toMap(FileRecord::id, Function.identity(), (a, b) -> a));
    this.log = new RequestLog(evidence.requests());
    evidence.stores().forEach(this::add);
    liveFiles.forEach(
        file -> file.replicas().forEach(c -> references.put(ObjectAddress.of(c), file)));
    catalog.garbage().forEach(g -> expected.add(new ObjectAddress(g.location(), g.key())));
    catalog.intents().forEach(i -> expected.add(new ObjectAddress(i.location(), i.key())));
    copies(catalog.activeMoves().stream()).forEach(c -> expected.add(ObjectAddress.of(c)));
    // A marker without a key forbids a copy that nobody had begun, or that was placed before.
    catalog.markers().stream()
        .filter(marker -> marker.key() != null)
        .forEach(marker -> givenUp.add(marker.copyId()));
    copies(catalog.pastMoves().stream().filter(m -> m.state() == MoveState.ABORTED))
        .forEach(copy -> givenUp.add(copy.copyId()));
    evidence
        .history()
        .forEach(o -> histories.computeIfAbsent(o.fileId(), id -> new FileHistory()).add(o));
    this.contents = new Contents(this);
  }

  private void add(StoreDump store) {
    lookedAt.add(store.location());
    store.objects().forEach(o -> objects.put(new ObjectAddress(store.location(), o.key()), o));
  }

  /** Whether something that should have been finished at a time is overdue. */
  boolean overdue(Instant should) {
    return evidence.limits().overdue(should, evidence.takenAt());
  }

  /** Whether the evidence says what a location holds. */
  boolean lookedAt(String location) {
    return lookedAt.contains(location);
  }

  /** The object at an address, null where there is none. */
  StoredObject object(ObjectAddress address) {
    return objects.get(address);
  }

  /** The file that references an object, null where none does. */
  FileRecord referencing(ObjectAddress address) {
    return references.get(address);
  }

  /** Whether an object that no file references may be there: it is garbage, or on its way. */
  boolean expected(ObjectAddress address) {
    return expected.contains(address);
  }

  /** Whether a copy was given up for good. */
  boolean givenUp(String copyId) {
    return givenUp.contains(copyId);
  }

  /** All objects that were found. */
  Map<ObjectAddress, StoredObject> objects() {
    return objects;
  }

  /** Moves that have switched their file's placement. */
  List<MoveRecord> committedMoves() {
    return Stream.concat(catalog.pastMoves().stream(), catalog.activeMoves().stream())
        .filter(m -> m.state() == MoveState.DONE || m.state() == MoveState.COMMITTED)
        .filter(m -> m.committedAt() != null)
        .toList();
  }

  /** The copies that moves made. */
  static Stream<Replica> copies(Stream<MoveRecord> moves) {
    return moves.map(MoveRecord::copy).filter(copy -> copy != null);
  }
}
