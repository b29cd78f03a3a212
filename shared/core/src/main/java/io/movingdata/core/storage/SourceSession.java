package io.movingdata.core.storage;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.contract.StorageApi.OpenRead;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * An open read: answers pulls in the order in which they came, each from the offset it names. Reads
 * on from the provider while somebody asks and a little ahead, and begins a new read at the
 * provider where a pull names another place than the one reached.
 */
final class SourceSession implements WorkerSession {
  private final ObjectStore store;
  private final String key;
  private final ObjectStat stat;
  private final long start;
  private final long end;
  private final int readAhead;
  private final ChunkQueue buffered = new ChunkQueue();
  private final Deque<Pull> pulls = new ArrayDeque<>();
  private ByteSource source;
  private long position;
  private boolean reading;
  private boolean closed;

  private record Pull(long offset, int max, Promise<Buffer> answer) {}

  private SourceSession(ObjectStore store, OpenRead request, ByteSource source, int readAhead) {
    this.store = store;
    this.key = request.key();
    this.stat = source.stat();
    this.source = source;
    this.readAhead = readAhead;
    this.start = request.offset();
    long rest = stat.size() - start;
    this.end = request.length() < 0 ? stat.size() : start + Math.min(request.length(), rest);
    this.position = start;
  }

  /** Opens the read at the provider, so that what is wrong with it shows at once. */
  static Future<SourceSession> open(ObjectStore store, OpenRead request, int readAhead) {
    return store
        .read(request.key(), request.offset(), request.length(), request.etag())
        .map(source -> new SourceSession(store, request, source, readAhead));
  }

  ObjectStat stat() {
    return stat;
  }

  /** At most {@code max} bytes, fewer only where the range ends; none at its end. */
  Future<Buffer> next(long offset, int max) {
    if (offset < start || offset > end) {
      return Future.failedFuture(
          MovingDataException.invalid("offset", "must lie between " + start + " and " + end));
    }
    Promise<Buffer> answer = Promise.promise();
    pulls.add(new Pull(offset, max, answer));
    pump();
    return answer.future();
  }

  private void pump() {
    while (!reading && !closed) {
      Pull pull = pulls.peek();
      if (pull == null) {
        if (source == null || buffered.size() >= readAhead || reached() >= end) {
          return;
        }
        read();
      } else if (pull.offset() != position) {
        stopReading();
        position = pull.offset();
      } else if (buffered.size() >= wanted(pull)) {
        pulls.poll();
        Buffer bytes = buffered.take(wanted(pull));
        position += bytes.length();
        pull.answer().complete(bytes);
      } else if (source == null) {
        reopen();
      } else {
        read();
      }
    }
  }

  private int wanted(Pull pull) {
    return (int) Math.min(pull.max(), end - position);
  }

  private long reached() {
    return position + buffered.size();
  }

  private void reopen() {
    reading = true;
    store
        .read(key, position, end - position, stat.etag())
        .onComplete(
            opened -> {
              reading = false;
              if (closed) {
                opened.close();
              } else if (opened.stat().size() != stat.size()) {
                opened.close();
                fail(down("the object changed while it was read"));
              } else {
                source = opened;
                pump();
              }
            },
            this::fail);
  }

  private void read() {
    reading = true;
    source.next().onComplete(this::arrived, this::fail);
  }

  private void arrived(Buffer bytes) {
    reading = false;
    if (closed) {
      return;
    }
    if (bytes == null) {
      fail(down("the provider ended early, at byte " + reached()));
      return;
    }
    buffered.add(bytes);
    if (reached() > end) {
      fail(down("the provider sent more than was asked for"));
      return;
    }
    pump();
  }

  private void fail(Throwable failure) {
    reading = false;
    stopReading();
    List<Pull> failed = new ArrayList<>(pulls);
    pulls.clear();
    failed.forEach(pull -> pull.answer().fail(failure));
  }

  private void stopReading() {
    buffered.clear();
    if (source != null) {
      source.close();
      source = null;
    }
  }

  private static MovingDataException down(String why) {
    return MovingDataException.of(ErrorCode.PROVIDER_DOWN, why);
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public boolean busy() {
    return !pulls.isEmpty();
  }

  @Override
  public Future<Void> close() {
    closed = true;
    fail(MovingDataException.of(ErrorCode.SESSION_LOST, "the read was closed"));
    return Future.succeededFuture();
  }
}
