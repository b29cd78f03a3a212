package io.movingdata.stack.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.h2.mvstore.MVStore;

/**
 * A backend that replies only when all that the reply shows is committed to the file.
 *
 * <p>Commands run one at a time, and a commit only between two of them: a commit in the middle of
 * another connection's command would, after a kill, leave an index without its document. Replies
 * are copies, because the backend changes documents in place. Connections that wait at the same
 * time share one commit.
 */
final class DurableBackend extends H2Backend {

  /** Commands that change nothing; every other one is committed. */
  private static final Set<String> READS =
      Set.of(
          "find",
          "count",
          "distinct",
          "getmore",
          "killcursors",
          "listcollections",
          "listindexes",
          "listdatabases",
          "ping",
          "hello",
          "ismaster",
          "buildinfo",
          "serverstatus",
          "dbstats",
          "collstats",
          "whatsmyuri",
          "endsessions",
          "getlasterror",
          "getlog",
          "hostinfo",
          "connectionstatus");

  // Fair: whoever wants to commit queues behind the commands that already wait, and takes them
  // along.
  private final ReentrantLock running = new ReentrantLock(true);
  private final Object committing = new Object();
  private long written;
  private volatile long committed;

  DurableBackend(MVStore store) {
    super(store);
  }

  @Override
  protected MongoDatabase openOrCreateDatabase(String databaseName) {
    return new BsonDatabase(databaseName, getMvStore(), getCursorRegistry());
  }

  @Override
  public Document handleCommand(
      Channel channel, String databaseName, String command, Document query) {
    boolean writes = changesData(command, query);
    return durably(
        writes, () -> super.handleCommand(channel, databaseName, command, query).cloneDeeply());
  }

  @Override
  public QueryResult handleQuery(MongoQuery query) {
    return durably(
        false,
        () -> {
          QueryResult result = super.handleQuery(query);
          List<Document> copies =
              result.collectDocuments().stream().map(Document::cloneDeeply).toList();
          return new QueryResult(copies, result.getCursorId());
        });
  }

  /** Runs work between two commands and two commits. */
  void exclusively(Runnable work) {
    running.lock();
    try {
      work.run();
    } finally {
      running.unlock();
    }
  }

  /** Leaves the file open: it belongs to {@link DurableStore}, which closes it last. */
  @Override
  public void close() {}

  private <T> T durably(boolean writes, Supplier<T> command) {
    long seen;
    T reply;
    running.lock();
    try {
      if (writes) {
        written++;
      }
      seen = written;
      reply = command.get();
    } finally {
      running.unlock();
    }
    awaitCommit(seen);
    return reply;
  }

  private void awaitCommit(long seen) {
    if (committed >= seen) {
      return;
    }
    synchronized (committing) {
      if (committed >= seen) {
        return;
      }
      running.lock();
      try {
        long upTo = written;
        commit();
        committed = upTo;
      } finally {
        running.unlock();
      }
    }
  }

  private static boolean changesData(String command, Document query) {
    String name = command.toLowerCase(Locale.ROOT);
    if (name.equals("aggregate")) {
      return query.get("pipeline") instanceof List<?> stages
          && stages.stream().anyMatch(DurableBackend::writesOut);
    }
    return !READS.contains(name);
  }

  private static boolean writesOut(Object stage) {
    return stage instanceof Document document
        && (document.containsKey("$out") || document.containsKey("$merge"));
  }
}
