package io.movingdata.gateway.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Requester;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.gateway.content.UploadService;
import io.vertx.core.Future;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Makes every bucket, and uploads the seeds that are not there yet. */
final class SeedService {
  private final NodeContext node;
  private final FileSystem files;
  private final StorageClient storage;
  private final UploadService uploads;

  SeedService(NodeContext node, StorageClient storage, UploadService uploads) {
    this.node = node;
    this.files = node.vertx().fileSystem();
    this.storage = storage;
    this.uploads = uploads;
  }

  /** Seeds; answers with how many were uploaded, were there, or failed, and why. */
  Future<ObjectNode> seed(Requester who) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("seeded", 0).put("ok", true).put("present", 0);
    result.putArray("failed");
    String folder = node.config().node().seedsDir().toAbsolutePath().toString();
    return ensureAll(result)
        .compose(ready -> names(folder))
        .compose(
            names -> metadata(folder).compose(metadata -> next(who, names, 0, metadata, result)))
        .map(result);
  }

  private Future<Void> ensureAll(ObjectNode result) {
    return Future.join(
            node.config().locations().stream()
                .map(
                    location ->
                        storage
                            .ensure(location.id())
                            .onFailure(failure -> failed(result, location.id(), failure)))
                .collect(Collectors.toList()))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private static void failed(ObjectNode result, String what, Throwable failure) {
    String why =
        failure instanceof MovingDataException ? failure.getMessage() : ErrorCode.INTERNAL.title();
    result.put("ok", false).withArray("failed").addObject().put("what", what).put("why", why);
  }

  private Future<List<String>> names(String folder) {
    return files
        .readDir(folder, ".*\\.txt")
        .map(
            paths -> paths.stream().map(p -> Path.of(p).getFileName().toString()).sorted().toList())
        .recover(
            failure ->
                Future.failedFuture(
                    MovingDataException.of(
                        ErrorCode.CONFLICT, "SEEDS_DIR is not a readable folder", failure)));
  }

  private Future<SeedMetadata> metadata(String folder) {
    String file = folder + "/metadata.json";
    return files
        .exists(file)
        .compose(
            there ->
                there
                    ? files.readFile(file).map(json -> SeedMetadata.parse(json.toString()))
                    : Future.succeededFuture(SeedMetadata.none()));
  }

  private Future<Void> next(
      Requester who, List<String> names, int index, SeedMetadata metadata, ObjectNode result) {
    if (index == names.size()) {
      return Future.succeededFuture();
    }
    String name = names.get(index);
    return upload(who, name, metadata)
        .map(done -> result.put("seeded", result.get("seeded").intValue() + 1))
        .recover(
            failure -> {
              if (MovingDataException.is(failure, ErrorCode.FORBIDDEN)
                  || MovingDataException.is(failure, ErrorCode.CATALOG_DOWN)) {
                return Future.failedFuture(failure);
              }
              if (MovingDataException.is(failure, ErrorCode.PRECONDITION_FAILED)) {
                return Future.succeededFuture(
                    result.put("present", result.get("present").intValue() + 1));
              }
              failed(result, name, failure);
              return Future.succeededFuture(result);
            })
        .compose(counted -> next(who, names, index + 1, metadata, result));
  }

  private Future<Void> upload(Requester who, String name, SeedMetadata metadata) {
    String path = node.config().node().seedsDir().toAbsolutePath().resolve(name).toString();
    return files
        .props(path)
        .compose(
            props ->
                files
                    .open(path, new OpenOptions().setRead(true).setWrite(false).setCreate(false))
                    .compose(
                        file ->
                            uploads
                                .uploadNew(
                                    name,
                                    props.size(),
                                    "text/plain; charset=utf-8",
                                    metadata.of(name),
                                    who,
                                    file.pause())
                                .eventually(file::close)))
        .mapEmpty();
  }
}
