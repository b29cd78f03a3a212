package io.movingdata.e2e.harness;

import static io.movingdata.testkit.Results.outcome;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.StorageApi.FindUnfinished;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lists every object and unfinished upload, and reads each copy that a file references back. */
final class StoreReader {
  private static final int PAGE = 1000;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final NodeContext node;
  private final StorageClient storage;
  private final ReadBack readBack;

  StoreReader(NodeContext node) {
    this.node = node;
    this.storage = new StorageClient(node.bus());
    this.readBack = new ReadBack(node, storage);
  }

  private record Copy(FileRecord file, Replica replica) {}

  List<StoreDump> read(CatalogDump catalog) {
    Map<String, Copy> copies = new HashMap<>();
    for (FileRecord file : catalog.files()) {
      for (Replica replica : file.replicas()) {
        copies.put(replica.location() + "/" + replica.key(), new Copy(file, replica));
      }
    }
    List<Future<StoreDump>> dumps = new ArrayList<>();
    for (LocationConfig location : node.config().locations()) {
      dumps.add(dump(location.id(), copies));
    }
    return outcome(Future.all(dumps).map(all -> all.list()), PATIENCE);
  }

  private Future<StoreDump> dump(String location, Map<String, Copy> copies) {
    List<StoredObject> objects = new ArrayList<>();
    return keys(location, null, new ArrayList<>())
        .compose(keys -> inTurn(location, keys, 0, copies, objects))
        .compose(done -> uploads(location))
        .map(uploads -> new StoreDump(location, objects, uploads));
  }

  private Future<List<String>> keys(String location, String token, List<String> found) {
    return storage
        .list(location, new ListRequest(null, null, token, PAGE))
        .compose(
            page -> {
              page.objects().forEach(object -> found.add(object.key()));
              return page.next() == null
                  ? Future.succeededFuture(found)
                  : keys(location, page.next(), found);
            });
  }

  private Future<Void> inTurn(
      String location,
      List<String> keys,
      int next,
      Map<String, Copy> copies,
      List<StoredObject> into) {
    if (next == keys.size()) {
      return Future.succeededFuture();
    }
    String key = keys.get(next);
    return storage
        .stat(location, key)
        .compose(stat -> object(stat, copies.get(location + "/" + key)).onSuccess(into::add))
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND)
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure))
        .compose(done -> inTurn(location, keys, next + 1, copies, into));
  }

  private Future<StoredObject> object(ObjectStat stat, Copy copy) {
    Future<Reading> reading =
        copy == null
            ? Future.succeededFuture(Reading.none())
            : readBack.read(copy.file(), copy.replica());
    return reading.map(
        read ->
            new StoredObject(
                stat.key(),
                stat.size(),
                ObjectMetadata.parse(stat.metadata()).orElse(null),
                stat.lastModified(),
                read));
  }

  private Future<List<UnfinishedUpload>> uploads(String location) {
    Instant later = Instant.now().plus(Duration.ofDays(1));
    return storage
        .unfinished(location, new FindUnfinished(later))
        .map(
            list ->
                list.uploads().stream()
                    .map(upload -> new UnfinishedUpload(upload.key(), upload.begun()))
                    .toList());
  }
}
