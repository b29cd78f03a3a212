package io.movingdata.mover.simulate;

import io.movingdata.core.contract.StorageApi.Delete;
import io.movingdata.core.contract.StorageApi.Deleted;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.contract.StorageApi.SweepUploads;
import io.movingdata.core.contract.StorageApi.Swept;
import io.movingdata.core.contract.StorageApi.WriteSession;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.transfer.ObjectMetadata;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** One provider: objects and unfinished uploads, which hold what they stand for and no bytes. */
final class SimulatedProvider {
  private final World world;
  private final String location;
  private final Map<String, Stored> objects = new LinkedHashMap<>();
  private final Map<String, Upload> uploads = new LinkedHashMap<>();
  private int made;

  SimulatedProvider(World world, String location) {
    this.world = world;
    this.location = location;
  }

  /** What is stored under a key. */
  static final class Stored {
    final String key;
    final ObjectMetadata metadata;
    final String sha256;
    final long bytes;
    final String etag;
    final long at;
    boolean damaged;

    /** Whether somebody has read it since it was damaged, and could know. */
    boolean seen;

    /** When somebody has read of it last, -1 for never. */
    long readAt = -1;

    Stored(String key, ObjectMetadata metadata, String sha256, long bytes, String etag, long at) {
      this.key = key;
      this.metadata = metadata;
      this.sha256 = sha256;
      this.bytes = bytes;
      this.etag = etag;
      this.at = at;
    }

    /** Whether it decrypts to a content. */
    boolean holds(String wanted) {
      return !damaged && sha256.equals(wanted);
    }
  }

  /** An upload in parts. */
  static final class Upload {
    final CopyIntent copy;
    final long begun;
    String sha256;
    long durable;
    boolean damaged;

    Upload(CopyIntent copy, long begun) {
      this.copy = copy;
      this.begun = begun;
    }
  }

  String location() {
    return location;
  }

  Collection<Stored> objects() {
    return objects.values();
  }

  Collection<Upload> uploads() {
    return uploads.values();
  }

  /** The object of a key, null where there is none. */
  Stored find(String key) {
    return objects.get(key);
  }

  ObjectStat put(CopyIntent copy, String sha256, long bytes, boolean damaged) {
    Stored stored =
        new Stored(
            copy.key(),
            ObjectMetadata.of(copy),
            sha256,
            bytes,
            "etag-" + ++made,
            world.time().now());
    stored.damaged = damaged;
    objects.put(copy.key(), stored);
    world.watch().stored(this, stored);
    if (damaged) {
      throw failure(ErrorCode.CHECKSUM_MISMATCH);
    }
    return stat(copy.key());
  }

  /** Begins an upload, or finds the one of a token. */
  WriteSession begin(CopyIntent copy, String token) {
    String id = token != null && uploads.containsKey(token) ? token : "upload-" + ++made;
    Upload upload = uploads.computeIfAbsent(id, unknown -> new Upload(copy, world.time().now()));
    return new WriteSession(location, id, upload.durable, id);
  }

  /** Takes a part that ends at an offset. */
  long part(String id, long end, String sha256, boolean damaged) {
    Upload upload = require(id);
    if (damaged) {
      throw failure(ErrorCode.CHECKSUM_MISMATCH);
    }
    if (upload.sha256 != null && !upload.sha256.equals(sha256)) {
      upload.damaged = true;
    }
    upload.sha256 = sha256;
    upload.durable = Math.max(upload.durable, end);
    return upload.durable;
  }

  ObjectStat complete(String id) {
    Upload upload = require(id);
    uploads.remove(id);
    return put(upload.copy, upload.sha256, upload.durable, upload.damaged);
  }

  private Upload require(String id) {
    Upload upload = uploads.get(id);
    if (upload == null) {
      throw failure(ErrorCode.SESSION_LOST);
    }
    return upload;
  }

  ObjectStat stat(String key) {
    Stored stored = read(key);
    return new ObjectStat(
        key,
        stored.bytes,
        stored.etag,
        "crc32c:" + stored.sha256.substring(56),
        stored.metadata.toMap(),
        null);
  }

  Stored read(String key) {
    Stored stored = objects.get(key);
    if (stored == null) {
      throw failure(ErrorCode.OBJECT_NOT_FOUND);
    }
    return stored;
  }

  Deleted delete(Delete request) {
    Stored stored = objects.get(request.key());
    if (stored == null) {
      return new Deleted(false);
    }
    if (request.etag() != null && !request.etag().equals(stored.etag)) {
      throw failure(ErrorCode.PRECONDITION_FAILED);
    }
    objects.remove(request.key());
    world.watch().deleted(this, stored);
    return new Deleted(true);
  }

  void abort(String id) {
    uploads.remove(id);
  }

  Swept sweep(SweepUploads request) {
    int found = uploads.size();
    uploads
        .values()
        .removeIf(
            upload ->
                world.instantOf(upload.begun).isBefore(request.before())
                    && !request.keepKeys().contains(upload.copy.key()));
    return new Swept(found, found - uploads.size());
  }

  private static MovingDataException failure(ErrorCode code) {
    return MovingDataException.of(code, code.title());
  }
}
