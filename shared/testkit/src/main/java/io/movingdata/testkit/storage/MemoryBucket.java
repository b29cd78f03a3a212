package io.movingdata.testkit.storage;

import io.movingdata.core.checksum.Crc32cValue;
import io.movingdata.core.contract.StorageApi.ListPage;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.core.storage.ObjectStore.UnfinishedUpload;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** What a {@link MemoryObjectStore} holds: objects and unfinished uploads. Thread-safe. */
final class MemoryBucket {
  private final NavigableMap<String, Stored> objects = new TreeMap<>();
  private final Map<String, Upload> uploads = new HashMap<>();
  private long versions;

  private static final class Stored {
    final byte[] bytes;
    final ObjectStat stat;
    int invisible;

    Stored(byte[] bytes, ObjectStat stat, int invisible) {
      this.bytes = bytes;
      this.stat = stat;
      this.invisible = invisible;
    }
  }

  /** Bytes with their checksum, so that a whole one costs nothing more. */
  private static final class Piece {
    final byte[] bytes;
    final Crc32cValue checksum;

    Piece(byte[] bytes) {
      this(bytes, Crc32cValue.of(bytes));
    }

    Piece(byte[] bytes, Crc32cValue checksum) {
      this.bytes = bytes;
      this.checksum = checksum;
    }

    String tag(int number) {
      return "part-" + number + "-" + checksum.hex();
    }
  }

  private record Upload(
      String key,
      Map<String, String> metadata,
      Instant begun,
      NavigableMap<Integer, Piece> parts) {}

  synchronized ObjectStat store(
      String key, Map<String, String> metadata, byte[] bytes, int invisible) {
    return store(key, metadata, new Piece(bytes), invisible);
  }

  private ObjectStat store(String key, Map<String, String> metadata, Piece whole, int invisible) {
    versions++;
    ObjectStat stat =
        new ObjectStat(
            key,
            whole.bytes.length,
            "\"version-" + versions + "\"",
            "crc32c:" + whole.checksum.hex(),
            metadata,
            Instant.now());
    objects.put(key, new Stored(whole.bytes, stat, invisible));
    return stat;
  }

  synchronized ObjectStat stat(String key) {
    return require(key).stat;
  }

  synchronized byte[] bytes(String key) {
    return require(key).bytes;
  }

  private Stored require(String key) {
    Stored stored = objects.get(key);
    if (stored == null) {
      throw MovingDataException.of(ErrorCode.OBJECT_NOT_FOUND, "there is no object " + key);
    }
    if (stored.invisible > 0) {
      stored.invisible--;
      throw MovingDataException.of(ErrorCode.OBJECT_NOT_FOUND, key + " is not to be seen yet");
    }
    return stored;
  }

  synchronized boolean delete(String key, String etag) {
    Stored stored = objects.get(key);
    if (stored == null) {
      return false;
    }
    if (etag != null && !etag.equals(stored.stat.etag())) {
      throw MovingDataException.of(ErrorCode.PRECONDITION_FAILED, key + " is another version");
    }
    objects.remove(key);
    return true;
  }

  synchronized void flip(String key, int offset) {
    objects.get(key).bytes[offset] ^= 1;
  }

  synchronized List<String> keys() {
    return List.copyOf(objects.keySet());
  }

  synchronized String begin(String key, Map<String, String> metadata) {
    String id = UUID.randomUUID().toString();
    uploads.put(id, new Upload(key, Map.copyOf(metadata), Instant.now(), new TreeMap<>()));
    return id;
  }

  synchronized String addPart(String key, String id, Part part, byte[] bytes) {
    Piece piece = new Piece(bytes);
    requireUpload(key, id).parts().put(part.number(), piece);
    return piece.tag(part.number());
  }

  synchronized UploadedParts parts(String id) {
    Upload upload = uploads.get(id);
    if (upload == null) {
      return null;
    }
    List<String> tags = new ArrayList<>();
    Crc32cValue checksum = Crc32cValue.EMPTY;
    long size = 0;
    for (int number = 1; upload.parts().containsKey(number); number++) {
      Piece piece = upload.parts().get(number);
      tags.add(piece.tag(number));
      checksum = Crc32cValue.combine(checksum, piece.checksum, piece.bytes.length);
      size += piece.bytes.length;
    }
    return new UploadedParts(size, tags, Integer.toUnsignedLong(checksum.value()));
  }

  synchronized ObjectStat complete(String key, String id, UploadedParts expected, int invisible) {
    Upload upload = requireUpload(key, id);
    UploadedParts held = parts(id);
    boolean sameCrc = expected.crc32c() < 0 || expected.crc32c() == held.crc32c();
    if (!sameCrc || expected.size() != held.size() || !expected.tags().equals(held.tags())) {
      throw MovingDataException.of(ErrorCode.CHECKSUM_MISMATCH, "the parts are not those sent");
    }
    ByteBuffer whole = ByteBuffer.allocate((int) held.size());
    upload.parts().values().forEach(piece -> whole.put(piece.bytes));
    uploads.remove(id);
    Crc32cValue checksum = new Crc32cValue((int) held.crc32c());
    return store(key, upload.metadata(), new Piece(whole.array(), checksum), invisible);
  }

  private Upload requireUpload(String key, String id) {
    Upload upload = uploads.get(id);
    if (upload == null || !upload.key().equals(key)) {
      throw MovingDataException.of(ErrorCode.OBJECT_NOT_FOUND, "there is no such upload of " + key);
    }
    return upload;
  }

  synchronized void abort(String id) {
    uploads.remove(id);
  }

  synchronized List<UnfinishedUpload> unfinished(Instant before) {
    return uploads.entrySet().stream()
        .filter(entry -> entry.getValue().begun().isBefore(before))
        .map(e -> new UnfinishedUpload(e.getValue().key(), e.getKey(), e.getValue().begun()))
        .toList();
  }

  synchronized ListPage list(ListRequest request) {
    List<ObjectStat> found = new ArrayList<>();
    TreeSet<String> prefixes = new TreeSet<>();
    String after = request.token() == null ? "" : request.token();
    String last = after;
    for (Map.Entry<String, Stored> entry : objects.tailMap(after, false).entrySet()) {
      String key = entry.getKey();
      if (!key.startsWith(request.prefix()) || coveredBy(after, key, request.delimiter())) {
        continue;
      }
      String group = group(key, request);
      if (group == null || !prefixes.contains(group)) {
        if (found.size() + prefixes.size() == request.limit()) {
          return new ListPage(found, List.copyOf(prefixes), last);
        }
      }
      if (group == null) {
        found.add(entry.getValue().stat);
        last = key;
      } else {
        prefixes.add(group);
        last = group;
      }
    }
    return new ListPage(found, List.copyOf(prefixes), null);
  }

  private static boolean coveredBy(String after, String key, String delimiter) {
    return delimiter != null && after.endsWith(delimiter) && key.startsWith(after);
  }

  private static String group(String key, ListRequest request) {
    if (request.delimiter() == null) {
      return null;
    }
    int end = key.indexOf(request.delimiter(), request.prefix().length());
    return end < 0 ? null : key.substring(0, end + request.delimiter().length());
  }
}
