package io.movingdata.core.storage;

import io.movingdata.core.bus.Bus.Reply;
import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.contract.StorageApi.KeyRequest;
import io.movingdata.core.contract.StorageApi.Operation;
import io.movingdata.core.contract.StorageApi.Put;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** From a message's verb and headers to what is to be done, and back to a reply. */
final class StorageVerbs {
  private final Map<String, Function<Message<Buffer>, Future<Reply>>> verbs = new HashMap<>();
  private final SessionService sessions;

  StorageVerbs(StorageService service, SessionService sessions) {
    this.sessions = sessions;
    json(StorageApi.ENSURE, request -> service.ensure());
    json(StorageApi.PROBE, request -> service.probe());
    json(StorageApi.STAT, service::stat);
    json(StorageApi.DELETE, service::delete);
    json(StorageApi.LIST, service::list);
    json(StorageApi.UNFINISHED, service::unfinished);
    json(StorageApi.SWEEP, request -> service.sweep(request, sessions.keysBeingWritten()));
    json(StorageApi.OPEN_READ, sessions::openRead);
    json(StorageApi.OPEN_WRITE, sessions::openWrite);
    json(StorageApi.COMMIT, sessions::commit);
    json(StorageApi.CLOSE, sessions::close);
    json(StorageApi.ABORT, sessions::abort);
    verbs.put(StorageApi.NEXT, this::next);
    verbs.put(StorageApi.APPEND, this::append);
    verbs.put(StorageApi.GET, message -> service.get(request(message, KeyRequest.class)));
    verbs.put(
        StorageApi.PUT,
        message ->
            service
                .put(request(message, Put.class), message.body())
                .map(stat -> Reply.of(Json.toBuffer(stat))));
  }

  Future<Reply> answer(Message<Buffer> message) {
    Function<Message<Buffer>, Future<Reply>> verb = verbs.get(header(message, StorageApi.VERB));
    if (verb == null) {
      throw MovingDataException.invalid(StorageApi.VERB, "is not known");
    }
    return verb.apply(message);
  }

  private <Q, R> void json(Operation<Q, R> operation, Function<Q, Future<R>> handler) {
    verbs.put(
        operation.verb(),
        message ->
            handler
                .apply(Json.fromBuffer(message.body(), operation.request()))
                .map(answer -> Reply.of(Json.toBuffer(answer))));
  }

  private Future<Reply> next(Message<Buffer> message) {
    return sessions
        .next(
            header(message, StorageApi.SESSION),
            number(message, StorageApi.OFFSET),
            number(message, StorageApi.MAX))
        .map(Reply::of);
  }

  private Future<Reply> append(Message<Buffer> message) {
    return sessions
        .append(
            header(message, StorageApi.SESSION),
            number(message, StorageApi.OFFSET),
            message.body(),
            flag(message, StorageApi.PART_END),
            flag(message, StorageApi.LAST))
        .map(appended -> Reply.of(Json.toBuffer(appended)));
  }

  private static <T> T request(Message<Buffer> message, Class<T> type) {
    return Json.fromBuffer(Buffer.buffer(header(message, StorageApi.REQUEST)), type);
  }

  private static String header(Message<Buffer> message, String name) {
    return RequestChecks.present(name, message.headers().get(name));
  }

  private static long number(Message<Buffer> message, String name) {
    try {
      return Long.parseLong(header(message, name));
    } catch (NumberFormatException e) {
      throw MovingDataException.invalid(name, "must be a whole number");
    }
  }

  private static boolean flag(Message<Buffer> message, String name) {
    return Boolean.parseBoolean(message.headers().get(name));
  }
}
