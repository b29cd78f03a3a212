package io.movingdata.stack.gcs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Uploads of one request: nothing is stored unless all of it arrives. */
final class DirectUploads {

  private static final int BUFFER = 128 * 1024;

  private final Buckets buckets;
  private final Path folder;

  /**
   * Opens the uploads.
   *
   * @param folder where they lie while they arrive; what is in it is left over, and removed
   */
  DirectUploads(Buckets buckets, Path folder) throws IOException {
    this.buckets = buckets;
    this.folder = folder;
    Files.createDirectories(folder);
    List<Path> left;
    try (Stream<Path> files = Files.list(folder)) {
      left = files.toList();
    }
    for (Path file : left) {
      Files.delete(file);
    }
  }

  /**
   * Stores a body.
   *
   * @param length the body's length, -1 if only its end tells
   */
  StoredObject store(String bucketName, NewObject object, InputStream body, long length)
      throws IOException, GcsException {
    Bucket bucket = buckets.get(bucketName);
    object.checked().preconditions().check(bucket.find(object.name()));
    Path file = Files.createTempFile(folder, "upload", ".data");
    try {
      Checksums.Values sums = receive(body, file);
      if (length >= 0 && sums.size() != length) {
        throw new EOFException("the body ended at " + sums.size() + " instead of " + length);
      }
      object.declared().check(sums);
      return bucket.put(object, file, sums);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static Checksums.Values receive(InputStream body, Path file) throws IOException {
    Checksums sums = new Checksums();
    byte[] buffer = new byte[BUFFER];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        sums.update(buffer, 0, n);
        ByteBuffer rest = ByteBuffer.wrap(buffer, 0, n);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
      }
      channel.force(true);
    }
    return sums.values();
  }
}
