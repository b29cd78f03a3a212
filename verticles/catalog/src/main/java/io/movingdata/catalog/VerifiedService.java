package io.movingdata.catalog;

import io.movingdata.core.contract.CatalogApi.Count;
import io.movingdata.core.contract.CatalogApi.Verified;
import io.movingdata.core.contract.CatalogApi.VerifiedCopy;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps when copies were last read whole. A file's version stands for its content and placement, so
 * it stays: a move under way goes on, and mirrors are told nothing.
 */
final class VerifiedService {
  private final FileRepository files;

  VerifiedService(FileRepository files) {
    this.files = files;
  }

  /** Carries out {@code CatalogApi.VERIFIED}: reads and writes many at a time. */
  Future<Count> record(Verified request) {
    Map<String, Map<String, Instant>> byFile = new LinkedHashMap<>();
    for (VerifiedCopy copy : Ids.several(request.copies())) {
      byFile
          .computeIfAbsent(FileIds.require(copy.fileId()), id -> new LinkedHashMap<>())
          .put(Ids.copy(copy.copyId()), copy.at());
    }
    List<Future<Long>> each = new ArrayList<>();
    byFile.forEach((id, times) -> each.add(record(id, times)));
    return Future.all(each)
        .map(all -> new Count(all.<Long>list().stream().mapToLong(Long::longValue).sum()));
  }

  private Future<Long> record(String fileId, Map<String, Instant> times) {
    return files
        .get(fileId)
        .compose(
            found -> {
              Optional<FileRecord> next = found.map(file -> at(file, times));
              long renewed = next.map(file -> renewed(found.get(), file)).orElse(0L);
              return renewed == 0
                  ? Future.succeededFuture(0L)
                  : files.annotate(next.get()).map(done -> done ? renewed : 0L);
            });
  }

  /** The same file with later times of verification. */
  private static FileRecord at(FileRecord file, Map<String, Instant> times) {
    List<Replica> copies =
        file.replicas().stream().map(copy -> at(copy, times.get(copy.copyId()))).toList();
    return file.with(copies, file.updatedAt());
  }

  private static Replica at(Replica copy, Instant at) {
    boolean later =
        at != null
            && copy.verified()
            && (copy.verifiedAt() == null || copy.verifiedAt().isBefore(at));
    return later ? copy.in(ReplicaState.VERIFIED, at) : copy;
  }

  private static long renewed(FileRecord before, FileRecord after) {
    long renewed = 0;
    for (int i = 0; i < before.replicas().size(); i++) {
      renewed += before.replicas().get(i).equals(after.replicas().get(i)) ? 0 : 1;
    }
    return renewed;
  }
}
