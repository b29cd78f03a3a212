package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.catalog.store.Filter;
import io.movingdata.catalog.store.VersionedCollection;
import io.movingdata.core.model.MoveJob;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The collection {@code jobs}: a document a bulk operation. */
final class JobRepository {
  private static final JsonObject NEWEST_FIRST = new JsonObject().put("_id", -1);
  private static final List<String> UNFINISHED = List.of("running", "cancelling");

  private final VersionedCollection<MoveJob> jobs;

  JobRepository(DocumentStore store) {
    this.jobs =
        new VersionedCollection<>(
            store, "jobs", new DocumentLayout<>(MoveJob.class, "job_id"), MoveJob::atVersion);
  }

  /** The job of an id. */
  Future<Optional<MoveJob>> get(String jobId) {
    return jobs.get(jobId);
  }

  /** Adds a job; empty: its id is taken. */
  Future<Optional<MoveJob>> insert(MoveJob job) {
    return jobs.insert(job, 1);
  }

  /** Replaces the job of its version; empty: that one has changed. */
  Future<Optional<MoveJob>> replace(MoveJob next) {
    return jobs.replace(next, next.version());
  }

  /** All jobs, or those that have not ended, newest first. */
  Future<List<MoveJob>> newest(boolean unfinishedOnly, int limit) {
    Filter filter = unfinishedOnly ? new Filter().in("state", UNFINISHED) : new Filter();
    return jobs.find(filter.json(), NEWEST_FIRST, limit);
  }

  /** Forgets jobs that finished before a time. */
  Future<Void> purgeFinished(Instant before) {
    return jobs.purge(new Filter().below("finished_at", DocumentLayout.time(before)).json());
  }
}
