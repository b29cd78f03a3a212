package io.movingdata.core.storage;

import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.contract.StorageApi.AbortUpload;
import io.movingdata.core.contract.StorageApi.Appended;
import io.movingdata.core.contract.StorageApi.CloseSession;
import io.movingdata.core.contract.StorageApi.Commit;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.contract.StorageApi.OpenRead;
import io.movingdata.core.contract.StorageApi.OpenWrite;
import io.movingdata.core.contract.StorageApi.ReadSession;
import io.movingdata.core.contract.StorageApi.WriteSession;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of a storage worker: opened, resumed, used, committed and closed. */
final class SessionService {
  private static final Logger LOG = LoggerFactory.getLogger(SessionService.class);
  private static final UploadedParts NOTHING = new UploadedParts(0, List.of(), 0);

  private final String address;
  private final ObjectStore store;
  private final ResumeTokens tokens;
  private final WorkerLimits limits;
  private final ByteBudget buffers;
  private final SessionTable sessions;

  /** The sessions of the worker instance that answers at the address. */
  SessionService(String address, ObjectStore store, ResumeTokens tokens, WorkerLimits limits) {
    this.address = address;
    this.store = store;
    this.tokens = tokens;
    this.limits = limits;
    this.buffers = new ByteBudget(limits.bufferedBytes());
    this.sessions = new SessionTable(limits.sessions(), limits.idle());
  }

  Future<ReadSession> openRead(OpenRead request) {
    RequestChecks.key(request.key());
    RequestChecks.range(request.offset(), request.length());
    return sessions
        .open(() -> SourceSession.open(store, request, limits.readAhead()))
        .map(opened -> new ReadSession(address, opened.id(), opened.session().stat()));
  }

  Future<Buffer> next(String session, long offset, long max) {
    RequestChecks.notNegative("offset", offset);
    if (max < 1 || max > StorageApi.CHUNK) {
      throw MovingDataException.invalid("max", "must be between 1 byte and 1 MiB");
    }
    return sessions.require(session, SourceSession.class).next(offset, (int) max);
  }

  Future<WriteSession> openWrite(OpenWrite request) {
    RequestChecks.key(request.key());
    RequestChecks.metadata(request.metadata());
    Optional<ResumePoint> point = point(request.key(), request.resumeToken());
    return closeWritesOf(request.key())
        .compose(v -> sessions.open(() -> write(request, point)))
        .map(
            opened ->
                new WriteSession(
                    address,
                    opened.id(),
                    opened.session().durable(),
                    opened.session().resumeToken()));
  }

  /** Whoever opens a write of a key has lost the earlier session, for only one writes a key. */
  private Future<Void> closeWritesOf(String key) {
    return sessions.closeWhere(s -> s instanceof OpenedWrite && s.key().equals(key));
  }

  private Future<OpenedWrite> write(OpenWrite request, Optional<ResumePoint> point) {
    if (!request.multipart()) {
      return Future.succeededFuture(new WholeSession(store, request, buffers));
    }
    if (point.isEmpty()) {
      return begin(request);
    }
    ResumePoint known = point.get();
    return store
        .uploadedParts(request.key(), known.uploadId())
        .compose(held -> held == null ? begin(request) : resume(known, held));
  }

  private Future<OpenedWrite> begin(OpenWrite request) {
    return store
        .beginUpload(request.key(), request.metadata())
        .map(id -> new UploadSession(store, request.key(), id, NOTHING, tokens, buffers));
  }

  private Future<OpenedWrite> resume(ResumePoint known, UploadedParts held) {
    long crc32c = held.crc32c();
    if (crc32c == PartLedger.UNKNOWN && held.size() == known.durable()) {
      crc32c = known.crc32c();
    }
    if (held.size() == 0) {
      crc32c = 0;
    }
    UploadedParts parts = new UploadedParts(held.size(), held.tags(), crc32c);
    return Future.succeededFuture(
        new UploadSession(store, known.key(), known.uploadId(), parts, tokens, buffers));
  }

  private Optional<ResumePoint> point(String key, String token) {
    if (token == null) {
      return Optional.empty();
    }
    Optional<ResumePoint> point = tokens.open(token);
    if (point.isEmpty()) {
      LOG.warn("a resume token for {} does not open; the upload begins anew", key);
    } else if (!point.get().key().equals(key)) {
      throw MovingDataException.invalid("resume_token", "belongs to another key");
    }
    return point;
  }

  Future<Appended> append(
      String session, long offset, Buffer chunk, boolean partEnd, boolean last) {
    RequestChecks.notNegative("offset", offset);
    if (chunk.length() == 0 || chunk.length() > StorageApi.CHUNK) {
      throw MovingDataException.invalid("body", "must hold between 1 byte and 1 MiB");
    }
    return sessions.require(session, OpenedWrite.class).append(offset, chunk, partEnd, last);
  }

  Future<ObjectStat> commit(Commit request) {
    RequestChecks.notNegative("size", request.size());
    return sessions.require(request.session(), OpenedWrite.class).commit(request.size());
  }

  Future<Done> close(CloseSession request) {
    WorkerSession session = sessions.remove(request.session());
    if (session == null) {
      return Future.succeededFuture(Done.DONE);
    }
    boolean discard = request.discard() && session instanceof OpenedWrite;
    Future<Void> closed = discard ? ((OpenedWrite) session).discard() : session.close();
    return closed.map(v -> Done.DONE);
  }

  Future<Done> abort(AbortUpload request) {
    RequestChecks.key(request.key());
    RequestChecks.present("resume_token", request.resumeToken());
    Optional<ResumePoint> point = point(request.key(), request.resumeToken());
    return closeWritesOf(request.key())
        .compose(
            v ->
                point.isEmpty()
                    ? Future.succeededFuture()
                    : store.abortUpload(request.key(), point.get().uploadId()))
        .map(v -> Done.DONE);
  }

  /** The keys that are being written here. */
  Set<String> keysBeingWritten() {
    return sessions.keys(OpenedWrite.class);
  }

  Future<Void> closeIdle() {
    return sessions.closeIdle();
  }

  Future<Void> closeAll() {
    return sessions.closeWhere(session -> true);
  }
}
