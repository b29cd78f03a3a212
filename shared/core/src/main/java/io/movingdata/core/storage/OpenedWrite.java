package io.movingdata.core.storage;

import io.movingdata.core.contract.StorageApi.Appended;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** An open write of a worker, in parts or whole. */
interface OpenedWrite extends WorkerSession {
  /** Bytes that the provider holds. */
  long durable();

  /** What resumes the write at the durable offset; null where nothing does. */
  String resumeToken();

  /** Takes a chunk; idempotent by offset; {@code SESSION_LOST} names the offset expected. */
  Future<Appended> append(long offset, Buffer chunk, boolean partEnd, boolean last);

  /** Makes the object; a repetition after success answers the same. */
  Future<ObjectStat> commit(long size);

  /** Closes, and gives up what the provider holds. */
  Future<Void> discard();
}
