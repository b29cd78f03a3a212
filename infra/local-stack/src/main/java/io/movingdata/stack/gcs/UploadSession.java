package io.movingdata.stack.gcs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One resumable upload. What it has received lies in a file whose length says how much that is, so
 * it goes on after a kill of the server. A newer request takes over from an older one that still
 * hangs in a broken connection.
 */
final class UploadSession {

  /** What an interrupted upload keeps is a multiple of this, as are all chunks but the last. */
  static final long GRANULE = 256 * 1024;

  private static final int BUFFER = 128 * 1024;

  private final String id;
  private final String bucket;
  private final NewObject object;
  private final Path file;
  private OptionalLong total;
  private long persisted;
  private long turn;
  private final Checksums sums = new Checksums();
  private boolean sumsRunAlong = true;
  private Optional<StoredObject> result = Optional.empty();

  /**
   * A session as it begins, or as it is found after a restart.
   *
   * @param file where the bytes are, or will be
   * @param total the size of the object, if the client has said it
   */
  UploadSession(String id, String bucket, NewObject object, Path file, OptionalLong total)
      throws IOException {
    this.id = id;
    this.bucket = bucket;
    this.object = object;
    this.file = file;
    this.total = total;
    try (FileChannel channel = open()) {
      keep(channel, wholeGranules(channel.size()));
    }
  }

  String id() {
    return id;
  }

  String bucket() {
    return bucket;
  }

  NewObject object() {
    return object;
  }

  Path file() {
    return file;
  }

  synchronized OptionalLong total() {
    return total;
  }

  /** The object, once the upload is complete. */
  synchronized Optional<StoredObject> result() {
    return result;
  }

  synchronized void complete(StoredObject stored) {
    result = Optional.of(stored);
  }

  /** How much a client need not send again, in bytes. */
  synchronized long persisted() {
    return wholeGranules(persisted);
  }

  /** How much has come. */
  synchronized long received() {
    return persisted;
  }

  /** Whether all has come. */
  synchronized boolean isWhole() {
    return total.isPresent() && total.getAsLong() == persisted;
  }

  /**
   * Fixes the size of the object.
   *
   * @throws GcsException 400 if another size was said before, or more is persisted already
   */
  synchronized void declareTotal(long declared) throws GcsException {
    if (total.orElse(declared) != declared || declared < persisted) {
      throw GcsException.invalid(
          "The total size %d contradicts what was said or sent before".formatted(declared));
    }
    total = OptionalLong.of(declared);
  }

  /**
   * Appends a body; bytes that are persisted already are skipped.
   *
   * @param first the offset of the body's first byte
   * @param length the body's length, if known
   * @throws GcsException 400 if bytes before it are missing
   * @throws IOException if the body breaks off; what came is kept in whole granules then
   */
  void receive(InputStream body, long first, OptionalLong length) throws IOException, GcsException {
    long mine = takeOver(first);
    byte[] buffer = new byte[BUFFER];
    long offset = first;
    long end = length.isPresent() ? first + length.getAsLong() : Long.MAX_VALUE;
    try (FileChannel channel = open()) {
      try {
        while (offset < end) {
          int n = body.read(buffer, 0, (int) Math.min(buffer.length, end - offset));
          if (n < 0 && length.isEmpty()) {
            return;
          }
          if (n < 0) {
            throw new EOFException("the body ended at " + offset + " instead of " + end);
          }
          append(channel, mine, offset, buffer, n);
          offset += n;
        }
      } catch (IOException e) {
        giveUp(channel, mine);
        throw e;
      }
    }
  }

  private synchronized long takeOver(long first) throws IOException, GcsException {
    if (first > persisted) {
      throw GcsException.invalid(
          ("Invalid request. According to the Content-Range header, the upload offset is %d"
                  + " byte(s), which exceeds already uploaded size of %d byte(s).")
              .formatted(first, persisted));
    }
    return ++turn;
  }

  private synchronized void append(
      FileChannel channel, long mine, long offset, byte[] bytes, int count) throws IOException {
    if (mine != turn) {
      throw new IOException("a newer request has taken over the upload");
    }
    int known = (int) Math.min(count, persisted - offset);
    if (known == count) {
      return;
    }
    ByteBuffer rest = ByteBuffer.wrap(bytes, known, count - known);
    while (rest.hasRemaining()) {
      channel.write(rest, persisted + (rest.position() - known));
    }
    if (sumsRunAlong) {
      sums.update(bytes, known, count - known);
    }
    persisted += count - known;
  }

  private synchronized void giveUp(FileChannel channel, long mine) throws IOException {
    if (mine == turn) {
      keep(channel, wholeGranules(persisted));
    }
  }

  /** Forces the content to the disk and sums it up. */
  synchronized Checksums.Values seal() throws IOException {
    AtomicFiles.force(file);
    Checksums whole = sumsRunAlong ? sums : Checksums.ofFile(file);
    return whole.values();
  }

  private void keep(FileChannel channel, long length) throws IOException {
    channel.truncate(length);
    persisted = length;
    sumsRunAlong &= sums.length() == length;
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static long wholeGranules(long length) {
    return length - length % GRANULE;
  }
}
