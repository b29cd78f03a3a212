package io.movingdata.e2e.consistency;

import static io.movingdata.testkit.Results.outcome;

import io.movingdata.core.config.ConfigLoader;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.launch.Node;
import io.movingdata.core.launch.NodeRole;
import io.movingdata.core.security.BytePool;
import io.movingdata.core.security.CopyId;
import io.movingdata.core.security.FernetKey;
import io.movingdata.core.security.FrameOpener;
import io.movingdata.core.security.FrameSealer;
import io.movingdata.core.security.OpenedFrame;
import io.movingdata.core.storage.SmallObject;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.ObjectMetadata;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.testkit.process.RepositoryRoot;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Somebody who changes what is stored behind the system's back: through the providers' own API with
 * the buckets' credentials, or in the folders in which the servers keep their data.
 */
final class Tamper implements AutoCloseable {
  private static final int NEEDLE = 64;

  private final LocalSystem system;
  private final Node node;
  private final StorageClient storage;

  Tamper(LocalSystem system) {
    this.system = system;
    Map<String, String> settings = new HashMap<>(system.settings());
    settings.put("NODE_ID", "tamper");
    settings.put("CLUSTER_ENABLED", "false");
    settings.put("NODE_ROLES", "storage-s3,storage-azure,storage-gcs");
    NodeConfig config = ConfigLoader.load(RepositoryRoot.find().resolve("conf"), settings).config();
    List<NodeRole> roles = new ArrayList<>();
    ServiceLoader.load(NodeRole.class).forEach(roles::add);
    this.node = outcome(Node.start(config, roles), Duration.ofMinutes(1));
    this.storage = new StorageClient(node.context().bus());
  }

  /** An object's bytes and metadata. */
  SmallObject read(String location, String key) {
    return outcome(storage.get(location, key));
  }

  /** Removes an object. */
  void delete(String location, String key) {
    outcome(storage.delete(location, new StorageApi.Delete(key, null)));
  }

  /** Puts an object in the place of another, or a new one. */
  void write(String location, String key, Buffer bytes, Map<String, String> metadata) {
    outcome(storage.put(location, new StorageApi.Put(key, metadata), bytes));
  }

  /** Puts the same content under the same copy id in its place, encrypted by another's key. */
  void reseal(String location, String key, String keyOf) {
    SmallObject object = read(location, key);
    ObjectMetadata ours = ObjectMetadata.parse(object.stat().metadata()).orElseThrow();
    CopyId copyId = new CopyId(ours.copyId());
    BytePool pool = new BytePool(1 << 20);
    byte[] stored = object.body().getBytes();
    try (OpenedFrame frame =
        new FrameOpener(encryptionKey(location), copyId, pool).openSingle(stored)) {
      byte[] other =
          new FrameSealer(encryptionKey(keyOf), copyId, ours.createdAtS(), pool)
              .sealSingle(frame.array(), frame.offset(), frame.length());
      write(location, key, Buffer.buffer(other), object.stat().metadata());
    }
  }

  private FernetKey encryptionKey(String location) {
    return node.context().config().requireLocation(location).keyring().encryptionKey();
  }

  /** Changes one byte of an object where the server keeps it. */
  void flipByte(String location, String key) {
    byte[] needle = read(location, key).body().getBytes(0, NEEDLE);
    Search search = new Search(system.stackData(), needle);
    try {
      Files.walkFileTree(system.stackData(), search);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!search.found) {
      throw new AssertionError("no file holds " + location + "/" + key);
    }
  }

  /** Looks through the servers' files, which come and go meanwhile. */
  private static final class Search extends SimpleFileVisitor<Path> {
    private static final Set<String> OBJECTS = Set.of("s3", "azurite", "gcs");

    private final Path root;
    private final byte[] needle;
    private boolean found;

    Search(Path root, byte[] needle) {
      this.root = root;
      this.needle = needle;
    }

    /** The server whose file it is. */
    private String folder(Path file) {
      return root.relativize(file).getName(0).toString();
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      found = OBJECTS.contains(folder(file)) && flip(file, needle);
      return found ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException gone) {
      return FileVisitResult.CONTINUE;
    }
  }

  private static boolean flip(Path file, byte[] needle) {
    try (FileChannel open =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      // Not mapped: a server may cut a file while it is looked at.
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(open.size()));
      while (bytes.hasRemaining() && open.read(bytes) >= 0) {}
      bytes.flip();
      int at = indexOf(bytes, needle);
      if (at >= 0) {
        int target = at + needle.length - 1;
        byte other = (byte) (bytes.get(target) == 'A' ? 'B' : 'A');
        open.write(ByteBuffer.wrap(new byte[] {other}), target);
      }
      return at >= 0;
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int indexOf(ByteBuffer bytes, byte[] needle) {
    for (int start = 0; start <= bytes.limit() - needle.length; start++) {
      int matched = 0;
      while (matched < needle.length && bytes.get(start + matched) == needle[matched]) {
        matched++;
      }
      if (matched == needle.length) {
        return start;
      }
    }
    return -1;
  }

  @Override
  public void close() {
    outcome(node.stop());
  }
}
