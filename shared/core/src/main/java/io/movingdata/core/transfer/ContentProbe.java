package io.movingdata.core.transfer;

import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.contract.StorageApi.OpenRead;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.Replica;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.security.ContentTooLargeException;
import io.movingdata.core.security.CopyId;
import io.movingdata.core.security.Fernet;
import io.movingdata.core.security.FernetKey;
import io.movingdata.core.security.FrameLayout;
import io.movingdata.core.security.FrameOpener;
import io.movingdata.core.security.Keyring;
import io.movingdata.core.security.OpenedFrame;
import io.movingdata.core.security.UnknownKeyException;
import io.vertx.core.Future;

/**
 * Finds out how large the content of a copy is of which nothing but the stored object is known, by
 * opening its last frame. Fails with {@code CORRUPT_OBJECT}, {@code KEY_MISSING}, or the worker's
 * failure.
 */
public final class ContentProbe {
  private static final RetryPolicy FRAME = new RetryPolicy(3, 100, 1_000);

  private ContentProbe() {}

  /** The plaintext size in bytes of a copy whose stored size is known. */
  public static Future<Long> size(TransferContext context, Replica copy, Keyring keyring) {
    int index;
    FrameOpener opener;
    try {
      index = lastFrame(copy);
      opener = new FrameOpener(key(copy, keyring), new CopyId(copy.copyId()), context.pool());
    } catch (MovingDataException unreadable) {
      return Future.failedFuture(unreadable);
    } catch (IllegalArgumentException wrongId) {
      return Future.failedFuture(corrupt("its copy id is none", wrongId));
    }
    long start = copy.format() == ObjectFormat.FERNET ? 0 : FrameLayout.storedOffset(index);
    int length = (int) (copy.bytes() - start);
    return context
        .memory(2L * length)
        .compose(
            grant ->
                Retries.run(context.vertx(), FRAME, () -> fetch(context, copy, start, length))
                    .compose(stored -> context.onCpu(() -> open(copy, opener, index, stored)))
                    .onComplete(done -> grant.release()));
  }

  /** The index of the last frame that an object of the copy's stored size has. */
  private static int lastFrame(Replica copy) {
    boolean single = copy.format() == ObjectFormat.FERNET;
    long most =
        single
            ? Fernet.tokenLength(FrameLayout.singleCapacity())
            : FrameLayout.storedOffset(FrameLayout.MAX_FRAMES);
    if (copy.bytes() < 1 || copy.bytes() > most) {
      throw corrupt("its stored size is one that no copy has", null);
    }
    try {
      return single ? 0 : FrameLayout.frameAtStored(copy.bytes() - 1);
    } catch (ContentTooLargeException e) {
      throw corrupt("its stored size is one that no copy has", e);
    }
  }

  private static FernetKey key(Replica copy, Keyring keyring) {
    try {
      return keyring.require(copy.keyId());
    } catch (UnknownKeyException unknown) {
      throw MovingDataException.of(ErrorCode.KEY_MISSING, unknown.getMessage(), unknown);
    }
  }

  private static Future<byte[]> fetch(
      TransferContext context, Replica copy, long start, int length) {
    if (start == 0 && length <= StorageApi.SMALL) {
      return context
          .storage()
          .get(copy.location(), copy.key())
          .map(small -> small.body().getBytes());
    }
    byte[] into = new byte[length];
    return context
        .storage()
        .openRead(copy.location(), new OpenRead(copy.key(), start, length, null))
        .compose(
            session ->
                new ChunkPull(context.storage(), session, start, into, length)
                    .run()
                    .onComplete(done -> context.storage().close(session)))
        .map(done -> into);
  }

  private static long open(Replica copy, FrameOpener opener, int index, byte[] stored) {
    boolean single = copy.format() == ObjectFormat.FERNET;
    try (OpenedFrame frame =
        single ? opener.openSingle(stored) : opener.open(index, stored).requireLast(true)) {
      return single ? frame.length() : FrameLayout.contentOffset(index) + frame.length();
    } catch (RuntimeException damaged) {
      throw corrupt("its last frame fails authentication", damaged);
    }
  }

  private static MovingDataException corrupt(String detail, Throwable cause) {
    return MovingDataException.of(ErrorCode.CORRUPT_OBJECT, detail, cause);
  }
}
