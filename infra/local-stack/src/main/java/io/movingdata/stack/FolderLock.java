package io.movingdata.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right of one process to use one server's data. The lock lies beside the data and vanishes
 * with the process, however it ends.
 */
final class FolderLock implements AutoCloseable {

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a server's data.
   *
   * @throws IOException if another process has it, or the folder cannot be written
   */
  static FolderLock take(Path data, String server) throws IOException {
    Files.createDirectories(data);
    Path file = data.resolve(server + ".lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        channel.truncate(0);
        channel.write(
            StandardCharsets.US_ASCII.encode(Long.toString(ProcessHandle.current().pid())));
        return new FolderLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      // This very process has it: the same answer as for another one.
    }
    channel.close();
    throw new IOException(
        "the "
            + server
            + " data in "
            + data
            + " are in use by process "
            + Files.readString(file)
            + "; stop it or choose another --data folder");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
