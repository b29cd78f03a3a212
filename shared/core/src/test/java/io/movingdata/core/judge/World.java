package io.movingdata.core.judge;

import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.Replica;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A system that keeps every promise, one action after the other, and records what happened. */
final class World {
  static final List<String> LOCATIONS = List.of("s3", "azure", "gcs");

  final Random random;
  final Map<String, FileRecord> files = new TreeMap<>();
  final Map<ObjectAddress, StoredObject> objects = new LinkedHashMap<>();
  final Map<String, List<UnfinishedUpload>> uploads = new TreeMap<>();
  final List<CopyIntent> intents = new ArrayList<>();
  final List<CopyIntent> markers = new ArrayList<>();
  final List<Garbage> garbage = new ArrayList<>();
  final List<MoveRecord> activeMoves = new ArrayList<>();
  final List<MoveRecord> pastMoves = new ArrayList<>();
  final List<CatalogDump> earlier = new ArrayList<>();
  final List<ProviderRequest> requests = new ArrayList<>();
  final List<ClientOperation> history = new ArrayList<>();
  Limits limits = Limits.atRest(Duration.ofHours(1));

  private final boolean logsTellContents;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private int ids;

  World(long seed) {
    random = new Random(seed);
    logsTellContents = random.nextBoolean();
  }

  Instant tick() {
    now = now.plusMillis(1 + random.nextInt(50));
    return now;
  }

  String hex(int digits) {
    StringBuilder hex = new StringBuilder();
    random.ints(digits, 0, 16).forEach(digit -> hex.append(Integer.toHexString(digit)));
    return hex.toString();
  }

  String moveId() {
    return String.format("%012x-%s", now.toEpochMilli(), hex(16));
  }

  /** A new file. */
  FileRecord newFile() {
    String id = "file-" + ids++;
    write(id, Outcome.OK, true);
    return files.get(id);
  }

  /** Stores content under an id, where it takes effect at all. */
  void write(String id, Outcome outcome, boolean applied) {
    Instant invoked = tick();
    String sha256 = hex(64);
    FileRecord before = files.get(id);
    if (applied) {
      String location = before == null || before.deleted() ? pick(LOCATIONS) : before.primary();
      Replica copy = Records.replica(id, hex(32), location, now);
      FileRecord after = Records.file(id, hex(32), sha256, location, List.of(copy));
      store(after, copy);
      files.put(id, after);
      if (before != null) {
        before.replicas().forEach(this::collect);
      }
    }
    call(OperationKind.WRITE, id, invoked, outcome, sha256, null, null, null, "201");
  }

  /** Deletes a file. */
  void delete(String id) {
    Instant invoked = tick();
    List<Replica> copies = files.get(id).replicas();
    files.put(id, Records.tombstone(id));
    call(OperationKind.DELETE, id, invoked, Outcome.OK, null, null, null, null, "204");
    copies.forEach(this::collect);
  }

  /** Reads a file, present or not. */
  void read(String id) {
    FileRecord file = files.get(id);
    String sha256 = file == null || file.deleted() ? null : file.sha256();
    call(OperationKind.READ, id, tick(), Outcome.OK, sha256, null, null, null, "200");
  }

  /** A read that began before the last change was answered may return what was before. */
  void readBefore(String id, Instant invoked, String sha256) {
    call(OperationKind.READ, id, invoked, Outcome.OK, sha256, null, null, null, "200");
  }

  /** Moves a file, or copies it; a second owner may have to finish. */
  MoveRecord move(String id, MoveKind kind, String target, String idempotencyKey) {
    Instant invoked = tick();
    FileRecord file = files.get(id);
    String moveId = moveId();
    Instant started = tick();
    Replica copy = Records.replica(id, hex(32), target, started);
    int epoch = 1 + random.nextInt(3);
    for (int e = 1; e <= epoch; e++) {
      MoveState state = MoveState.COPYING;
      sighted(
          Records.move(
              moveId, e, file, kind, target, state, copy, "n" + e, e, invoked, started, null));
    }
    store(file, copy);
    MoveRecord done =
        Records.move(
            moveId,
            epoch + 2,
            file,
            kind,
            target,
            MoveState.DONE,
            copy,
            null,
            epoch,
            invoked,
            started,
            tick());
    pastMoves.add(done);
    place(file, kind, copy);
    String key = idempotencyKey;
    call(OperationKind.MOVE, id, invoked, Outcome.OK, null, target, moveId, key, "200 " + moveId);
    return done;
  }

  /** Somebody saw an active move. */
  void sighted(MoveRecord move) {
    earlier.add(new CatalogDump(null, null, null, null, List.of(move), null));
  }

  private void place(FileRecord file, MoveKind kind, Replica arrived) {
    List<Replica> stay =
        file.replicas().stream()
            .filter(c -> !c.location().equals(arrived.location()))
            .filter(c -> kind == MoveKind.COPY || !c.location().equals(file.primary()))
            .toList();
    String primary = kind == MoveKind.MOVE ? arrived.location() : file.primary();
    List<Replica> copies = Stream.concat(stay.stream(), Stream.of(arrived)).toList();
    files.put(file.id(), Records.with(file, primary, copies));
    file.replicas().stream().filter(c -> !stay.contains(c)).forEach(this::collect);
  }

  /** A move that is undone once its copy is stored. */
  MoveRecord abortedMove(String id, String target) {
    FileRecord file = files.get(id);
    Instant created = tick();
    Replica copy = Records.replica(id, hex(32), target, created);
    store(file, copy);
    MoveKind kind = MoveKind.MOVE;
    MoveRecord move =
        Records.move(
            moveId(), 5, file, kind, target, MoveState.ABORTED, copy, null, 1, created, now, null);
    pastMoves.add(move);
    markers.add(Records.intent(id, file.contentId(), copy, tick()));
    collect(copy);
    return move;
  }

  void store(FileRecord file, Replica copy) {
    Instant begun = tick();
    objects.put(ObjectAddress.of(copy), Records.object(file, copy, now));
    String content = logsTellContents ? file.contentId() : null;
    request(copy, random.nextBoolean() ? RequestKind.PUT : RequestKind.COMPLETE, begun, content);
  }

  void collect(Replica copy) {
    Instant begun = tick();
    objects.remove(ObjectAddress.of(copy));
    request(copy, RequestKind.DELETE, begun, null);
  }

  void request(Replica copy, RequestKind kind, Instant begun, String content) {
    requests.add(
        new ProviderRequest(begun, tick(), copy.location(), kind, copy.key(), 200, content));
  }

  private void call(
      OperationKind kind,
      String id,
      Instant invoked,
      Outcome outcome,
      String sha256,
      String target,
      String moveId,
      String idempotencyKey,
      String answer) {
    Instant answered = outcome == Outcome.UNKNOWN ? null : tick();
    history.add(
        new ClientOperation(
            kind, id, invoked, answered, outcome, sha256, target, moveId, idempotencyKey, answer));
  }

  <T> T pick(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** A location without a copy of a file. */
  String elsewhere(FileRecord file) {
    return pick(
        LOCATIONS.stream()
            .filter(l -> file.replicas().stream().noneMatch(c -> c.location().equals(l)))
            .toList());
  }

  Evidence evidence() {
    CatalogDump catalog =
        new CatalogDump(
            List.copyOf(files.values()), intents, markers, garbage, activeMoves, pastMoves);
    List<StoreDump> stores =
        LOCATIONS.stream()
            .map(location -> new StoreDump(location, at(location), uploads.get(location)))
            .toList();
    return new Evidence(tick(), limits, catalog, stores, requests, history, earlier);
  }

  private List<StoredObject> at(String location) {
    return objects.entrySet().stream()
        .filter(entry -> entry.getKey().location().equals(location))
        .map(Map.Entry::getValue)
        .toList();
  }
}
