package io.movingdata.gateway.moves;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.contract.Events.MoveEvent;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.MoveJob;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import java.time.Instant;

/** Moves and jobs as clients see them, with progress. */
public final class MoveView {
  private final Rates rates;

  public MoveView(Rates rates) {
    this.rates = rates;
  }

  /** A move. */
  public ObjectNode of(MoveRecord move) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("move_id", move.moveId());
    view.put("file_id", move.fileId());
    view.set("kind", word(move.kind()));
    view.set("state", word(move.state()));
    view.put("from", move.from());
    view.put("to", move.target());
    progress(view, move);
    view.put("attempts", move.attempts());
    view.put("error", move.lastError());
    view.put("next_attempt_at", time(waits(move) ? move.nextAttemptAt() : null));
    view.put("cancel_requested", move.cancelRequested());
    view.put("priority", move.priority());
    view.put("job_id", move.jobId());
    view.put("requested_by", move.requester() == null ? null : move.requester().principal());
    view.put("created_at", time(move.createdAt()));
    view.put("started_at", time(move.startedAt()));
    view.put("committed_at", time(move.committedAt()));
    view.put("finished_at", time(move.finishedAt()));
    return view;
  }

  /** A move as it was last heard of. */
  public ObjectNode of(MoveEvent event) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    long total = event.bytesTotal();
    double rate = event.bytesPerSecond();
    view.put("move_id", event.moveId());
    view.put("file_id", event.fileId());
    view.set("kind", word(event.kind()));
    view.set("state", word(event.state()));
    view.put("from", event.from());
    view.put("to", event.target());
    view.put("bytes_done", event.bytesDone());
    view.put("bytes_total", total);
    view.put("percent", total == 0 ? 0.0 : Math.floor(event.bytesDone() * 1000.0 / total) / 10);
    view.put("rate", rate);
    view.put("eta_s", rate > 0 ? (Double) ((total - event.bytesDone()) / rate) : null);
    view.put("job_id", event.jobId());
    view.put("error", event.error());
    view.put("at", time(event.at()));
    return view;
  }

  private static boolean waits(MoveRecord move) {
    return move.state() == MoveState.RETRY_WAIT;
  }

  private void progress(ObjectNode view, MoveRecord move) {
    long now = System.nanoTime();
    boolean there = move.committedAt() != null || move.state() == MoveState.DONE;
    long total = move.bytesTotal();
    long done =
        there
            ? total
            : Math.min(total, Math.max(move.bytesDone(), rates.bytesDone(move.moveId(), now)));
    double rate = there ? 0 : rates.rate(move.moveId(), now);
    view.put("bytes_done", done);
    view.put("bytes_total", total);
    view.put(
        "percent", total == 0 ? (there ? 100.0 : 0.0) : Math.floor(done * 1000.0 / total) / 10);
    view.put("rate", rate);
    view.put("eta_s", rate > 0 ? (Double) ((total - done) / rate) : null);
  }

  /** A job. */
  public ObjectNode of(MoveJob job) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("job_id", job.jobId());
    view.set("kind", word(job.kind()));
    view.put("state", job.state());
    view.put("to", job.target());
    view.set("selector", Json.mapper().valueToTree(job.selector()));
    view.put("priority", job.priority());
    view.put("selected_all", job.selected());
    view.put("total", job.total());
    view.put("total_bytes", job.totalBytes());
    view.put("done", job.done());
    view.put("failed", job.failed());
    view.put("skipped", job.skipped());
    view.put("requested_by", job.requester() == null ? null : job.requester().principal());
    view.put("created_at", time(job.createdAt()));
    view.put("finished_at", time(job.finishedAt()));
    return view;
  }

  private static JsonNode word(Enum<?> value) {
    return Json.mapper().valueToTree(value);
  }

  private static String time(Instant at) {
    return at == null ? null : at.toString();
  }
}
