package io.movingdata.storage.gcs;

import io.movingdata.core.checksum.Crc32cValue;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.movingdata.core.storage.ObjectStore.Part;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Resumable uploads. The upload's id is its session URI, a credential: it is sent nowhere but to
 * the configured endpoint and stands in no message. What the provider holds decides where sending
 * goes on; what this process remembers only spares the question.
 */
final class GcsUploads {
  private static final String BEGIN = "begin an upload";
  private static final String STATUS = "report on an upload";
  private static final String PART = "store a part";
  private static final String FINISH = "finish an upload";
  private static final String ABORT = "abort an upload";

  private final GcsClient client;
  private final GcsObjects objects;
  private final UploadStates states = new UploadStates();

  GcsUploads(GcsClient client, GcsObjects objects) {
    this.client = client;
    this.objects = objects;
  }

  /**
   * Begins an upload; its id.
   *
   * @param ifGeneration the generation that it may replace, 0 for none
   */
  Future<String> begin(String key, Map<String, String> metadata, long ifGeneration) {
    Buffer resource = Json.toBuffer(NewObject.of(key, metadata));
    String target = client.endpoint().resumable(key, ifGeneration);
    return client.retrying(
        () ->
            client
                .call(HttpMethod.POST, target, resource, BEGIN)
                .map(
                    answer -> {
                      if (answer.status() != 200 && answer.status() != 201) {
                        throw GcsErrors.ofBucket(answer, BEGIN);
                      }
                      String session = answer.header("Location");
                      if (session == null) {
                        throw GcsErrors.nonsense(BEGIN, "no session in it");
                      }
                      client.endpoint().session(session);
                      states.put(session, UploadState.EMPTY);
                      return session;
                    }));
  }

  /** What the provider holds of an upload; null where it does not know it any more. */
  Future<UploadState> status(String key, String session) {
    String target = client.endpoint().session(session);
    return client.retrying(() -> ask(key, session, target));
  }

  private Future<UploadState> ask(String key, String session, String target) {
    return put(target, ContentRanges.STATUS, Buffer.buffer(), null, STATUS)
        .compose(answer -> note(key, session, answer, STATUS));
  }

  /** Sends a part, or what the provider lacks of it, until all of it is held. */
  Future<UploadState> send(String key, String session, Part part, Buffer body) {
    String target = client.endpoint().session(session);
    return client
        .blocking(() -> BodyDigest.crc32c(body))
        .compose(
            crc32c -> {
              Sending sending =
                  new Sending(key, session, target, part, body, crc32c, new AtomicLong());
              return round(sending, part.offset());
            });
  }

  /** As many tries as one operation has; more only as long as they bring the upload further. */
  private Future<UploadState> round(Sending sending, long from) {
    return client
        .retrying(
            () ->
                known(sending.key(), sending.session(), sending.target())
                    .compose(state -> step(sending, state)))
        .recover(
            failure -> {
              long reached = sending.reached().get();
              return client.isPassing(failure) && reached > from
                  ? round(sending, reached)
                  : Future.failedFuture(failure);
            });
  }

  private record Sending(
      String key,
      String session,
      String target,
      Part part,
      Buffer body,
      Crc32cValue crc32c,
      AtomicLong reached) {
    long end() {
      return part.offset() + part.size();
    }
  }

  private Future<UploadState> known(String key, String session, String target) {
    UploadState state = states.get(session);
    if (state != null && state.sure()) {
      return Future.succeededFuture(state);
    }
    return ask(key, session, target)
        .compose(
            found -> found == null ? Future.failedFuture(lost()) : Future.succeededFuture(found));
  }

  private Future<UploadState> step(Sending sending, UploadState state) {
    Part part = sending.part();
    if (state.persisted() < part.offset()) {
      states.doubt(sending.session());
      return Future.failedFuture(lost());
    }
    sending.reached().accumulateAndGet(state.persisted(), Math::max);
    boolean held = state.persisted() >= sending.end();
    if (held && (!part.last() || state.finished() != null)) {
      UploadState counted = state.with(part.offset(), part.size(), sending.crc32c());
      states.put(sending.session(), counted);
      return Future.succeededFuture(counted);
    }
    if (state.finished() != null || state.persisted() > sending.end()) {
      return Future.failedFuture(
          MovingDataException.of(
              ErrorCode.CONFLICT, "the upload at GCS holds another object than this one"));
    }
    long from = state.persisted();
    Buffer rest = sending.body().slice((int) (from - part.offset()), (int) part.size());
    String range =
        part.last()
            ? ContentRanges.lastPart(from, sending.end())
            : ContentRanges.part(from, sending.end());
    Crc32cValue whole =
        part.last() ? state.through(part.offset(), part.size(), sending.crc32c()) : null;
    return put(sending.target(), range, rest, whole, PART)
        .onFailure(unknown -> states.doubt(sending.session()))
        .compose(answer -> stored(sending, from, answer));
  }

  private Future<UploadState> stored(Sending sending, long from, GcsAnswer answer) {
    return note(sending.key(), sending.session(), answer, PART)
        .recover(refused -> giveUpDamaged(sending.session(), refused))
        .compose(
            state -> {
              if (state == null) {
                return Future.failedFuture(lost());
              }
              if (state.persisted() == from && state.finished() == null) {
                states.doubt(sending.session());
                return Future.failedFuture(GcsErrors.nonsense(PART, "nothing of it was stored"));
              }
              return step(sending, state);
            });
  }

  /** Bytes that arrived damaged stay in the session, which is of no more use then. */
  private Future<UploadState> giveUpDamaged(String session, Throwable refused) {
    return MovingDataException.is(refused, ErrorCode.CHECKSUM_MISMATCH)
        ? abort(session).transform(done -> Future.failedFuture(refused))
        : Future.failedFuture(refused);
  }

  /** Makes the object of what was sent; null where the provider does not know the upload. */
  Future<GcsObject> finish(String key, String session, long size) {
    String target = client.endpoint().session(session);
    UploadState state = states.get(session);
    if (state != null && state.finished() != null) {
      return Future.succeededFuture(state.finished());
    }
    return client
        .retrying(
            () ->
                put(target, ContentRanges.finish(size), Buffer.buffer(), null, FINISH)
                    .compose(answer -> note(key, session, answer, FINISH)))
        .map(
            now -> {
              if (now != null && now.finished() == null) {
                throw MovingDataException.of(
                    ErrorCode.SESSION_LOST,
                    "GCS holds %d of %d bytes".formatted(now.persisted(), size));
              }
              return now == null ? null : now.finished();
            });
  }

  /** Gives an upload up; one that is unknown or finished is success. */
  Future<Void> abort(String session) {
    String target = client.endpoint().session(session);
    states.forget(session);
    MultiMap none = MultiMap.caseInsensitiveMultiMap();
    return client.retrying(
        () ->
            client
                .upload(HttpMethod.DELETE, target, none, Buffer.buffer(), ABORT)
                .map(
                    answer -> {
                      if (!isGone(answer) && answer.status() != 499) {
                        GcsErrors.empty(answer, ABORT);
                      }
                      return null;
                    }));
  }

  void forget(String session) {
    states.forget(session);
  }

  private Future<GcsAnswer> put(
      String target, String range, Buffer bytes, Crc32cValue whole, String operation) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Content-Range", range);
    if (whole != null) {
      headers.add("X-Goog-Hash", "crc32c=" + whole.base64());
    }
    return client.upload(HttpMethod.PUT, target, headers, bytes, operation);
  }

  /** Remembers what an answer says of an upload; null where the provider does not know it. */
  private Future<UploadState> note(String key, String session, GcsAnswer answer, String operation) {
    if (isGone(answer)) {
      states.forget(session);
      return Future.succeededFuture();
    }
    UploadState before = states.get(session);
    UploadState base = before == null ? UploadState.EMPTY : before;
    if (answer.ok()) {
      // An upload that was complete before may be answered without the object.
      Future<GcsObject> object =
          answer.body().length() == 0
              ? objects.find(key).recover(failure -> unfounded(failure, operation))
              : Future.succeededFuture(GcsErrors.object(answer, operation));
      return object.map(found -> remember(session, base.finished(found)));
    }
    OptionalLong persisted = ContentRanges.persisted(answer.header("Range"));
    if (answer.status() == 308 && persisted.isPresent()) {
      return Future.succeededFuture(remember(session, base.holding(persisted.getAsLong())));
    }
    states.doubt(session);
    return Future.failedFuture(
        answer.status() == 308
            ? GcsErrors.nonsense(operation, "an unreadable Range")
            : GcsErrors.of(answer, operation));
  }

  /** Said to be complete, and there is no object: not yet to be seen, or never made. */
  private static Future<GcsObject> unfounded(Throwable failure, String operation) {
    return Future.failedFuture(
        MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND)
            ? GcsErrors.nonsense(operation, "an object that is not there")
            : failure);
  }

  private UploadState remember(String session, UploadState state) {
    states.put(session, state);
    return state;
  }

  private static boolean isGone(GcsAnswer answer) {
    return answer.status() == 404 || answer.status() == 410;
  }

  private static MovingDataException lost() {
    return MovingDataException.of(
        ErrorCode.SESSION_LOST, "GCS does not hold what this upload had sent; open it again");
  }

  @Override
  public String toString() {
    return "GcsUploads of " + client.endpoint();
  }
}
