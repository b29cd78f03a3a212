package io.movingdata.core.judge;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.Replica;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The evidence, arranged for looking things up. */
final class Facts {
  final Evidence evidence;
  final CatalogDump catalog;
  final List<FileRecord> liveFiles;
  final Map<String, FileRecord> liveById;

  private final Set<String> lookedAt = new HashSet<>();
  private final Map<ObjectAddress, StoredObject> objects = new HashMap<>();
  private final Map<ObjectAddress, FileRecord> references = new HashMap<>();
  private final Set<ObjectAddress> expected = new HashSet<>();

  Facts(Evidence evidence) {
    this.evidence = evidence;
    this.catalog = evidence.catalog();
    this.liveFiles = catalog.files().stream().filter(file -> !file.deleted()).toList();
    this.liveById =
        liveFiles.stream()
            .collect(Collectors.toMap(FileRecord::id, Function.identity(), (a, b) -> a));
    for (StoreDump store : evidence.stores()) {
      lookedAt.add(store.location());
      store.objects().forEach(o -> objects.put(new ObjectAddress(store.location(), o.key()), o));
    }
    for (FileRecord file : liveFiles) {
      file.replicas().forEach(copy -> references.put(ObjectAddress.of(copy), file));
    }
    catalog.garbage().forEach(g -> expected.add(new ObjectAddress(g.location(), g.key())));
    catalog.intents().forEach(i -> expected.add(new ObjectAddress(i.location(), i.key())));
    copiesOf(catalog.activeMoves().stream()).forEach(c -> expected.add(ObjectAddress.of(c)));
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

  /** Every move that the evidence tells of, as far as it is known, sightings first. */
  List<MoveRecord> moves() {
    List<MoveRecord> all = new ArrayList<>(evidence.sightings());
    all.addAll(catalog.activeMoves());
    all.addAll(catalog.pastMoves());
    return all;
  }

  static Stream<Replica> copiesOf(Stream<MoveRecord> moves) {
    return moves.map(MoveRecord::copy).filter(copy -> copy != null);
  }
}
