package io.movingdata.core.storage;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.contract.StorageApi.AbortUpload;
import io.movingdata.core.contract.StorageApi.Appended;
import io.movingdata.core.contract.StorageApi.CloseSession;
import io.movingdata.core.contract.StorageApi.Commit;
import io.movingdata.core.contract.StorageApi.Delete;
import io.movingdata.core.contract.StorageApi.Deleted;
import io.movingdata.core.contract.StorageApi.FindUnfinished;
import io.movingdata.core.contract.StorageApi.KeyRequest;
import io.movingdata.core.contract.StorageApi.ListPage;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.contract.StorageApi.OpenRead;
import io.movingdata.core.contract.StorageApi.OpenWrite;
import io.movingdata.core.contract.StorageApi.Operation;
import io.movingdata.core.contract.StorageApi.Probed;
import io.movingdata.core.contract.StorageApi.Put;
import io.movingdata.core.contract.StorageApi.ReadSession;
import io.movingdata.core.contract.StorageApi.SweepUploads;
import io.movingdata.core.contract.StorageApi.Swept;
import io.movingdata.core.contract.StorageApi.UnfinishedList;
import io.movingdata.core.contract.StorageApi.WriteSession;
import io.movingdata.core.json.Json;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/**
 * The caller's side of {@link StorageApi}: every operation, typed, for any location. Nothing is
 * retried here. {@code SERVICE_TIMEOUT} means that the outcome is unknown.
 */
public final class StorageClient {
  /** Wait for an operation that asks the provider something. */
  public static final Duration CONTROL = Duration.ofSeconds(30);

  /** Wait for bytes of a read, or for a small object. */
  public static final Duration DATA = Duration.ofSeconds(30);

  /** Wait for what may have to wait for a whole part: an append, a commit, a sweep. */
  public static final Duration LONG = Duration.ofMinutes(2);

  private final Bus bus;

  public StorageClient(Bus bus) {
    this.bus = bus;
  }

  /** Creates the bucket where it is missing. */
  public Future<Done> ensure(String location) {
    return call(location, StorageApi.ENSURE, Done.DONE, CONTROL);
  }

  /** Asks for the bucket; waits as long as any control request on the bus. */
  public Future<Probed> probe(String location) {
    return call(location, StorageApi.PROBE, Done.DONE, Bus.CONTROL_TIMEOUT);
  }

  /** Describes an object; {@code OBJECT_NOT_FOUND}. */
  public Future<ObjectStat> stat(String location, String key) {
    return call(location, StorageApi.STAT, new KeyRequest(key), CONTROL);
  }

  /** Stores a small object: at most {@link StorageApi#SMALL} bytes. */
  public Future<ObjectStat> put(String location, Put request, Buffer body) {
    MultiMap headers = headers(StorageApi.PUT);
    headers.set(StorageApi.REQUEST, Json.toBuffer(request).toString());
    return bus.requestRaw(StorageApi.address(location), body, headers, DATA)
        .map(reply -> Json.fromBuffer(reply.body(), ObjectStat.class));
  }

  /** Reads a small object whole; {@code TOO_LARGE} where it is larger than one message. */
  public Future<SmallObject> get(String location, String key) {
    MultiMap headers = headers(StorageApi.GET);
    headers.set(StorageApi.REQUEST, Json.toBuffer(new KeyRequest(key)).toString());
    return bus.requestRaw(StorageApi.address(location), Buffer.buffer(), headers, DATA)
        .map(
            reply -> {
              Buffer stat = Buffer.buffer(reply.headers().get(StorageApi.STAT_HEADER));
              return new SmallObject(Json.fromBuffer(stat, ObjectStat.class), reply.body());
            });
  }

  /** Opens a read; {@code OBJECT_NOT_FOUND}, {@code RANGE_NOT_SATISFIABLE}. */
  public Future<ReadSession> openRead(String location, OpenRead request) {
    return call(location, StorageApi.OPEN_READ, request, CONTROL);
  }

  /**
   * Pulls the bytes at an offset of the object: exactly {@code max} (at most {@link
   * StorageApi#CHUNK}), fewer only where the range ends, none at its end. May be in flight several
   * times; may be repeated.
   */
  public Future<Buffer> next(ReadSession session, long offset, int max) {
    MultiMap headers = headers(StorageApi.NEXT);
    headers.set(StorageApi.SESSION, session.session());
    headers.set(StorageApi.OFFSET, Long.toString(offset));
    headers.set(StorageApi.MAX, Integer.toString(max));
    return bus.requestRaw(session.address(), Buffer.buffer(), headers, DATA).map(m -> m.body());
  }

  /** Opens or resumes a write. */
  public Future<WriteSession> openWrite(String location, OpenWrite request) {
    return call(location, StorageApi.OPEN_WRITE, request, CONTROL);
  }

  /**
   * Sends a chunk of 1 byte to {@link StorageApi#CHUNK}. May be in flight several times, in order
   * of offsets; may be repeated. A chunk that ends a part is answered once the part is durable.
   */
  public Future<Appended> append(
      WriteSession session, long offset, Buffer chunk, boolean partEnd, boolean last) {
    MultiMap headers = headers(StorageApi.APPEND);
    headers.set(StorageApi.SESSION, session.session());
    headers.set(StorageApi.OFFSET, Long.toString(offset));
    headers.set(StorageApi.PART_END, Boolean.toString(partEnd));
    headers.set(StorageApi.LAST, Boolean.toString(last));
    return bus.requestRaw(session.address(), chunk, headers, LONG)
        .map(reply -> Json.fromBuffer(reply.body(), Appended.class));
  }

  /** Makes the object; {@code CHECKSUM_MISMATCH} where it would not be what was sent. */
  public Future<ObjectStat> commit(WriteSession session, long size) {
    Commit request = new Commit(session.session(), size);
    return callAt(session.address(), StorageApi.COMMIT, request, LONG);
  }

  /** Ends a read. */
  public Future<Done> close(ReadSession session) {
    CloseSession request = new CloseSession(session.session(), false);
    return callAt(session.address(), StorageApi.CLOSE, request, CONTROL);
  }

  /** Ends a write; its upload stays resumable unless {@code discard} is set. */
  public Future<Done> close(WriteSession session, boolean discard) {
    CloseSession request = new CloseSession(session.session(), discard);
    return callAt(session.address(), StorageApi.CLOSE, request, LONG);
  }

  /** Aborts the upload of a resume token; unknown ones are success. */
  public Future<Done> abort(String location, AbortUpload request) {
    return call(location, StorageApi.ABORT, request, LONG);
  }

  /** Deletes an object: only the collector may. Not found is success. */
  public Future<Deleted> delete(String location, Delete request) {
    return call(location, StorageApi.DELETE, request, CONTROL);
  }

  /** One page of a listing. */
  public Future<ListPage> list(String location, ListRequest request) {
    return call(location, StorageApi.LIST, request, CONTROL);
  }

  /** Uploads that nobody has finished. */
  public Future<UnfinishedList> unfinished(String location, FindUnfinished request) {
    return call(location, StorageApi.UNFINISHED, request, LONG);
  }

  /** Aborts unfinished uploads that nobody wants any more. */
  public Future<Swept> sweep(String location, SweepUploads request) {
    return call(location, StorageApi.SWEEP, request, LONG);
  }

  private <Q, R> Future<R> call(
      String location, Operation<Q, R> operation, Q request, Duration timeout) {
    return callAt(StorageApi.address(location), operation, request, timeout);
  }

  private <Q, R> Future<R> callAt(
      String address, Operation<Q, R> operation, Q request, Duration timeout) {
    return bus.requestRaw(address, Json.toBuffer(request), headers(operation.verb()), timeout)
        .map(reply -> Json.fromBuffer(reply.body(), operation.reply()));
  }

  private static MultiMap headers(String verb) {
    return MultiMap.caseInsensitiveMultiMap().set(StorageApi.VERB, verb);
  }
}
