package io.movingdata.consistency.mirror;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.DeliveryApi;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Delivery;
import io.movingdata.core.model.FileRecord;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings files to mirrors: writes down that a file is about to be told of, tells each mirror that
 * is owed it and well, and writes down who took it. What was not taken stays owed.
 */
final class Deliveries {
  private final Bus bus;
  private final Clock clock;
  private final NodeContext node;
  private final List<Endpoint> mirrors;
  private final MirrorBook book;
  private final Teller teller;

  Deliveries(NodeContext node, List<Endpoint> mirrors, MirrorBook book, Teller teller) {
    this.node = node;
    this.bus = node.bus();
    this.clock = node.clock();
    this.mirrors = mirrors;
    this.book = book;
    this.teller = teller;
  }

  /** Tells of files that there are; {@code reasons} by file id, where one is known. */
  Future<Void> files(List<FileRecord> files, Map<String, String> reasons) {
    return known(files.stream().map(FileRecord::id).toList())
        .compose(
            known ->
                process(
                    files.stream()
                        .map(
                            file ->
                                new Change(
                                    file.id(),
                                    file.version(),
                                    false,
                                    reasons.getOrDefault(file.id(), "changed"),
                                    known.get(file.id())))
                        .toList()));
  }

  /** Tells of files that are gone, where a mirror may know them. */
  Future<Void> gone(List<String> fileIds) {
    return known(fileIds)
        .compose(
            known ->
                Future.all(known.values().stream().map(this::gone).toList())
                    .compose(
                        changes ->
                            process(
                                changes.<List<Change>>list().stream()
                                    .flatMap(List::stream)
                                    .toList())));
  }

  /** Empty where the file is there again. */
  private Future<List<Change>> gone(Delivery known) {
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(known.fileId(), true))
        .map(
            reply -> {
              FileRecord file = reply.file();
              if (file != null && !file.deleted()) {
                return List.of();
              }
              // A tombstone that is forgotten was of a later version than any that was told.
              long told =
                  known.told().stream().mapToLong(Delivery.Told::fileVersion).max().orElse(0);
              long version = file == null ? told + 1 : file.version();
              return List.of(new Change(known.fileId(), version, true, "deleted", known));
            });
  }

  private Future<Map<String, Delivery>> known(List<String> fileIds) {
    return bus.request(DeliveryApi.GET_DELIVERIES, new InsightApi.FileIdList(fileIds))
        .map(
            found -> {
              Map<String, Delivery> known = new HashMap<>();
              found.deliveries().forEach(one -> known.put(one.fileId(), one));
              return known;
            });
  }

  private boolean owed(Endpoint mirror, Change change) {
    return change.owed(mirror.name(), book.generation(mirror.name()));
  }

  private Future<Void> process(List<Change> changes) {
    List<Change> owed =
        changes.stream()
            .filter(change -> mirrors.stream().anyMatch(mirror -> owed(mirror, change)))
            .toList();
    List<Delivery> forgotten =
        changes.stream()
            .filter(change -> change.deleted() && !owed.contains(change))
            .map(Change::known)
            .toList();
    List<Delivery> fresh =
        owed.stream()
            .filter(change -> change.known() == null)
            .map(change -> new Delivery(change.fileId(), 0, List.of(), clock.instant()))
            .toList();
    return save(fresh, forgotten)
        .compose(
            saved ->
                Future.join(mirrors.stream().map(mirror -> tell(mirror, owed)).toList())
                    .map(all -> told(all.list())))
        .compose(told -> save(told, List.of()));
  }

  private static List<Delivery> told(List<Map<String, Delivery.Told>> byMirror) {
    Map<String, List<Delivery.Told>> byFile = new HashMap<>();
    byMirror.forEach(
        taken ->
            taken.forEach(
                (file, told) -> byFile.computeIfAbsent(file, none -> new ArrayList<>()).add(told)));
    return byFile.entrySet().stream()
        .map(one -> new Delivery(one.getKey(), 0, one.getValue(), null))
        .toList();
  }

  private Future<Void> save(List<Delivery> save, List<Delivery> forget) {
    return save.isEmpty() && forget.isEmpty()
        ? Future.succeededFuture()
        : bus.request(DeliveryApi.SAVE_DELIVERIES, new DeliveryApi.DeliveryBatch(save, forget))
            .mapEmpty();
  }

  /** What one mirror took; the rest is late. */
  private Future<Map<String, Delivery.Told>> tell(Endpoint mirror, List<Change> changes) {
    List<Change> owed = changes.stream().filter(change -> owed(mirror, change)).toList();
    Map<String, Delivery.Told> taken = new HashMap<>();
    return some(mirror, owed, 0, taken).map(taken);
  }

  private Future<Void> some(
      Endpoint mirror, List<Change> owed, int from, Map<String, Delivery.Told> taken) {
    if (from >= owed.size()) {
      return Future.succeededFuture();
    }
    Circuit circuit = book.circuit(mirror.name());
    if (!circuit.allows(clock.instant())) {
      owed.subList(from, owed.size()).forEach(late -> book.late(mirror.name(), late.fileId()));
      return Future.succeededFuture();
    }
    int to = Math.min(owed.size(), from + circuit.limit());
    return Future.join(
            owed.subList(from, to).stream().map(change -> tell(mirror, change, taken)).toList())
        .compose(done -> some(mirror, owed, to, taken));
  }

  private Future<Void> tell(Endpoint mirror, Change change, Map<String, Delivery.Told> taken) {
    String name = mirror.name();
    long generation = book.generation(name);
    return teller
        .tell(mirror, change)
        .onSuccess(
            done -> {
              book.took(name, change.fileId(), clock.instant());
              taken.put(change.fileId(), new Delivery.Told(name, generation, change.fileVersion()));
            })
        .onFailure(
            failure -> {
              book.late(name, change.fileId());
              failed(name, failure);
            })
        .transform(done -> Future.succeededFuture());
  }

  /** Tells one mirror once more of a file that it took and does not have; never fails. */
  Future<Void> again(Endpoint mirror, FileRecord file) {
    Change change = new Change(file.id(), file.version(), false, "resync", null);
    return tell(mirror, change, new HashMap<>());
  }

  /** A mirror that failed rests for a while; one that refused a file does not. */
  void failed(String mirror, Throwable failure) {
    MirrorException why =
        failure instanceof MirrorException known
            ? known
            : new MirrorException("it could not be told");
    Circuit circuit = book.circuit(mirror);
    book.failed(
        mirror,
        why,
        why.ofFile() || !circuit.allows(clock.instant())
            ? circuit
            : circuit.failed(clock.instant(), why.retryAfterMs(), node.random()));
  }
}
