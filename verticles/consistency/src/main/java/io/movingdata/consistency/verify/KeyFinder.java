package io.movingdata.consistency.verify;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.contract.StorageApi.OpenRead;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.Replica;
import io.movingdata.core.security.CopyId;
import io.movingdata.core.security.FernetKey;
import io.movingdata.core.security.FrameException;
import io.movingdata.core.security.FrameOpener;
import io.movingdata.core.security.Keyring;
import io.movingdata.core.security.ObjectLayout;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.ChunkPull;
import io.movingdata.core.transfer.TransferContext;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out which key a copy is encrypted under that the recorded one does not open. */
public final class KeyFinder {
  private final NodeContext node;
  private final StorageClient storage;
  private final TransferContext context;

  public KeyFinder(NodeContext node, TransferContext context) {
    this.node = node;
    this.storage = context.storage();
    this.context = context;
  }

  /** The key, of any location, that the first frame of a copy is encrypted under, if any is. */
  Future<Optional<String>> keyOf(FileRecord file, Replica copy) {
    ObjectLayout layout = new ObjectLayout(file.sizeBytes());
    int length = (int) Math.min(layout.storedLength(0), copy.bytes());
    return firstBytes(copy, length)
        .compose(bytes -> context.cpu().executeBlocking(() -> fitting(copy, bytes), false));
  }

  private Future<byte[]> firstBytes(Replica copy, int length) {
    if (length <= StorageApi.SMALL && length == copy.bytes()) {
      return storage.get(copy.location(), copy.key()).map(small -> small.body().getBytes());
    }
    byte[] into = new byte[length];
    return storage
        .openRead(copy.location(), new OpenRead(copy.key(), 0, length, null))
        .compose(
            session ->
                new ChunkPull(storage, session, 0, into, length)
                    .run()
                    .eventually(() -> storage.close(session)))
        .map(into);
  }

  private Optional<String> fitting(Replica copy, byte[] stored) {
    List<FernetKey> keys = new ArrayList<>();
    for (LocationConfig location : node.config().locations()) {
      Keyring ring = location.keyring();
      ring.keyIds().forEach(id -> keys.add(ring.require(id)));
    }
    return keys.stream()
        .filter(key -> !key.keyId().equals(copy.keyId()))
        .filter(key -> fits(key, copy, stored))
        .map(FernetKey::keyId)
        .findFirst();
  }

  private boolean fits(FernetKey key, Replica copy, byte[] stored) {
    FrameOpener opener = new FrameOpener(key, new CopyId(copy.copyId()), context.pool());
    try {
      if (copy.format() == ObjectFormat.FERNET) {
        opener.openSingle(stored).close();
      } else {
        opener.open(0, stored).close();
      }
      return true;
    } catch (FrameException other) {
      return other.reason() == FrameException.Reason.MISPLACED;
    }
  }
}
