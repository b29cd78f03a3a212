package io.movingdata.consistency.audit;

import io.movingdata.consistency.tool.ContentReader;
import io.movingdata.consistency.tool.Progress;
import io.movingdata.consistency.tool.StoreWalk;
import io.movingdata.core.contract.StorageApi.FindUnfinished;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.judge.CatalogDump;
import io.movingdata.core.judge.Reading;
import io.movingdata.core.judge.StoreDump;
import io.movingdata.core.judge.StoredObject;
import io.movingdata.core.judge.UnfinishedUpload;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.ObjectMetadata;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lists every object and unfinished upload of locations and, unless told otherwise, reads each copy
 * that a file references back. Belongs to one event-loop context.
 */
public final class StoreEvidence {
  private static final int WIDTH = 8;

  private final NodeContext node;
  private final StorageClient storage;
  private final ContentReader reader;
  private final boolean deep;
  private final Map<String, Copy> copies = new HashMap<>();
  private final Map<String, String> unreachable = new TreeMap<>();
  private long objects;

  private record Copy(FileRecord file, Replica replica) {}

  /** {@code deep}: whether copies are read back. */
  public StoreEvidence(NodeContext node, boolean deep) {
    this.node = node;
    this.deep = deep;
    this.storage = new StorageClient(node.bus());
    this.reader = new ContentReader(node, storage);
  }

  /**
   * Looks at locations; one that does not answer is not among the dumps, see {@link
   * #unreachable()}.
   */
  public Future<List<StoreDump>> read(List<String> locations, CatalogDump catalog) {
    for (FileRecord file : catalog.files()) {
      for (Replica replica : file.replicas()) {
        copies.put(address(replica.location(), replica.key()), new Copy(file, replica));
      }
    }
    List<StoreDump> dumps = new ArrayList<>();
    List<Future<Void>> all = new ArrayList<>();
    for (String location : locations) {
      all.add(
          dump(location)
              .<Void>map(
                  dump -> {
                    dumps.add(dump);
                    return null;
                  })
              .otherwise(
                  failure -> {
                    unreachable.put(location, String.valueOf(failure.getMessage()));
                    return null;
                  }));
    }
    return Future.all(all).map(done -> dumps);
  }

  private static String address(String location, String key) {
    return location + "/" + key;
  }

  private Future<StoreDump> dump(String location) {
    List<StoredObject> found = new ArrayList<>();
    return new StoreWalk(node, storage, WIDTH)
        .over(location, stat -> object(location, stat, found))
        .compose(done -> uploads(location))
        .map(uploads -> new StoreDump(location, found, uploads));
  }

  private Future<Void> object(String location, ObjectStat stat, List<StoredObject> into) {
    Copy copy = copies.get(address(location, stat.key()));
    Future<Reading> reading =
        copy == null || !deep
            ? Future.succeededFuture(Reading.none())
            : reader.read(copy.replica(), copy.file().sizeBytes());
    return reading.map(
        read -> {
          objects++;
          ObjectMetadata metadata = ObjectMetadata.parse(stat.metadata()).orElse(null);
          into.add(new StoredObject(stat.key(), stat.size(), metadata, stat.lastModified(), read));
          return null;
        });
  }

  private Future<List<UnfinishedUpload>> uploads(String location) {
    FindUnfinished any = new FindUnfinished(node.clock().instant().plus(Duration.ofDays(1)));
    return storage
        .unfinished(location, any)
        .map(
            list ->
                list.uploads().stream()
                    .map(upload -> new UnfinishedUpload(upload.key(), upload.begun()))
                    .toList());
  }

  /** Locations that could not be looked at, and why. */
  public Map<String, String> unreachable() {
    return Map.copyOf(unreachable);
  }

  /** Objects that were seen. */
  public long objects() {
    return objects;
  }

  /** Plaintext that was read back, bytes. */
  public long bytesRead() {
    return reader.bytes();
  }

  /** How far the reading is. */
  String progress() {
    return objects + " objects seen, " + Progress.size(reader.bytes()) + " read";
  }
}
