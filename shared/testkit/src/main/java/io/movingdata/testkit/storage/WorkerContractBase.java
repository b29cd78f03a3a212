package io.movingdata.testkit.storage;

import static io.movingdata.testkit.Results.outcome;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.contract.StorageApi.Appended;
import io.movingdata.core.contract.StorageApi.OpenWrite;
import io.movingdata.core.contract.StorageApi.ReadSession;
import io.movingdata.core.contract.StorageApi.WriteSession;
import io.movingdata.core.security.TokenSeal;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.storage.StorageWorker;
import io.movingdata.core.storage.WorkerLimits;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of a storage worker share: a worker on the store, and its client on a real bus. */
abstract class WorkerContractBase extends StoreContractBase {
  /** The location that the worker under test serves. */
  protected static final String LOCATION = "under-test";

  /** Bytes of a part in these tests: 5.25 MiB. */
  protected static final int PART = 21 * 256 * 1024;

  private StorageClient client;
  private String deployment;

  @BeforeEach
  void startAWorker() {
    client = new StorageClient(new Bus(vertx()));
    startWorker(WorkerLimits.standard());
  }

  @AfterEach
  void stopTheWorker() {
    outcome(vertx().undeploy(deployment));
  }

  private void startWorker(WorkerLimits limits) {
    TokenSeal seal = new TokenSeal(LOCATION, "a credential");
    deployment =
        outcome(
            vertx()
                .deployVerticle(
                    new StorageWorker(new Bus(vertx()), LOCATION, seal, open(vertx()), limits)));
  }

  /** Stops the worker and starts another one, as on another node. */
  protected final void replaceTheWorker(WorkerLimits limits) {
    stopTheWorker();
    startWorker(limits);
  }

  /** The client under test. */
  protected final StorageClient client() {
    return client;
  }

  /** Begins or resumes a write. */
  protected final WriteSession write(String key, boolean multipart, String token) {
    return outcome(client.openWrite(LOCATION, new OpenWrite(key, METADATA, multipart, token)));
  }

  /** Sends a part in chunks, all of them in flight at once; the answer to the one that ends it. */
  protected final Future<Appended> sendPart(
      WriteSession session, long offset, Buffer part, boolean last) {
    List<Future<Appended>> answers = new ArrayList<>();
    for (int at = 0; at < part.length(); at += StorageApi.CHUNK) {
      int end = Math.min(part.length(), at + StorageApi.CHUNK);
      boolean partEnd = end == part.length();
      answers.add(
          client.append(session, offset + at, part.getBuffer(at, end), partEnd, partEnd && last));
    }
    return Future.all(answers).map(all -> answers.get(answers.size() - 1).result());
  }

  /** Pulls a range with every request in flight at once. */
  protected final Buffer pull(ReadSession session, long offset, long end, int chunk) {
    List<Future<Buffer>> answers = new ArrayList<>();
    for (long at = offset; at < end; at += chunk) {
      answers.add(client.next(session, at, chunk));
    }
    outcome(Future.all(answers));
    Buffer all = Buffer.buffer();
    answers.forEach(answer -> all.appendBuffer(answer.result()));
    return all;
  }
}
