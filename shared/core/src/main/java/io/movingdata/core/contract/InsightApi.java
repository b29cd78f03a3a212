package io.movingdata.core.contract;

import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi.Count;
import io.movingdata.core.model.AccessEvent;
import io.movingdata.core.model.AccessHistory;
import io.movingdata.core.model.Decision;
import io.movingdata.core.model.FileInsight;
import io.movingdata.core.model.FileWindows;
import io.movingdata.core.model.OutboxEntry;
import io.movingdata.core.model.StateDocument;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * What the catalog keeps of the use of files, and what waits for the event broker. Errors as in
 * {@link CatalogApi}.
 */
public final class InsightApi {
  /** Most ids, events or entries in one request. */
  public static final int MOST = 1_000;

  /** The kinds of documents that rooms keep. */
  public static final Set<String> KINDS =
      Set.of(
          "rules",
          "models",
          "model_data",
          "trainings",
          "alerts",
          "autopilot",
          "simulator",
          "passes",
          "replication",
          "mirrors",
          "backups");

  private static final String OWNER = "catalog";

  private InsightApi() {}

  /** Where the primary copies of files are. */
  public static final Address<FileIdList, Placements> PLACEMENTS =
      Address.of(OWNER, "placements", FileIdList.class, Placements.class);

  /** Adds those events whose ids are not there. Idempotent by event id and time. */
  public static final Address<EventBatch, Done> APPEND_EVENTS =
      Address.of(OWNER, "events-append", EventBatch.class, Done.class);

  /** How files were used on each of some days, by the events that are kept. */
  public static final Address<UseQuery, DailyUse> USE_BY_DAY =
      Address.of(OWNER, "events-by-day", UseQuery.class, DailyUse.class);

  /** How many events are kept. */
  public static final Address<Done, Count> COUNT_EVENTS =
      Address.of(OWNER, "events-count", Done.class, Count.class);

  /** What is known of the use of files. */
  public static final Address<FileIdList, Insights> GET_INSIGHTS =
      Address.of(OWNER, "insights-get", FileIdList.class, Insights.class);

  /** Writes the windows and histories of files. */
  public static final Address<WindowBatch, Done> SAVE_WINDOWS =
      Address.of(OWNER, "insights-windows", WindowBatch.class, Done.class);

  /** Writes where files belong. */
  public static final Address<DecisionBatch, Done> SAVE_DECISIONS =
      Address.of(OWNER, "insights-decisions", DecisionBatch.class, Done.class);

  /** Decisions on files that would move now, in no particular order. */
  public static final Address<PendingQuery, Decisions> PENDING =
      Address.of(OWNER, "insights-pending", PendingQuery.class, Decisions.class);

  /** What leaving the locations cost in the last hour of each file's windows, USD. */
  public static final Address<Done, Amount> EGRESS =
      Address.of(OWNER, "insights-egress", Done.class, Amount.class);

  /** Files that were moved by hand and are not to be moved by themselves yet, latest end first. */
  public static final Address<PinQuery, Pins> PINNED =
      Address.of(OWNER, "files-pinned", PinQuery.class, Pins.class);

  /** A document of a room's own, or none. */
  public static final Address<StateRef, StateReply> GET_STATE =
      Address.of(OWNER, "state-get", StateRef.class, StateReply.class);

  /** Documents of a kind, the last written first. */
  public static final Address<StateQuery, StateList> LIST_STATE =
      Address.of(OWNER, "state-list", StateQuery.class, StateList.class);

  /**
   * Writes a document in place of the one of its version; version 0: there must be none. {@code
   * VERSION_CONFLICT} where that is not so.
   */
  public static final Address<PutState, StateReply> PUT_STATE =
      Address.of(OWNER, "state-put", PutState.class, StateReply.class);

  /**
   * Adds facts that wait for the broker; {@code OVERLOADED} where that would be more than the
   * limit, and then none is added. Idempotent by entry id.
   */
  public static final Address<OutboxAdd, Done> OUTBOX_ADD =
      Address.of(OWNER, "outbox-add", OutboxAdd.class, Done.class);

  /** The oldest facts that wait, for the one who holds the lease; empty for all others. */
  public static final Address<OutboxClaim, OutboxPage> OUTBOX_CLAIM =
      Address.of(OWNER, "outbox-claim", OutboxClaim.class, OutboxPage.class);

  /** Removes facts that the broker has. */
  public static final Address<OutboxSent, Done> OUTBOX_SENT =
      Address.of(OWNER, "outbox-sent", OutboxSent.class, Done.class);

  /** Names files. */
  public record FileIdList(List<String> ids) {
    public FileIdList {
      ids = ids == null ? List.of() : List.copyOf(ids);
    }
  }

  /** Where a file's primary copy is. */
  public record Placement(String fileId, String primary, long sizeBytes) {}

  /** Those of the files that there are. */
  public record Placements(List<Placement> files) {
    public Placements {
      files = files == null ? List.of() : List.copyOf(files);
    }
  }

  /** Events to keep. */
  public record EventBatch(List<AccessEvent> events) {
    public EventBatch {
      events = events == null ? List.of() : List.copyOf(events);
    }
  }

  /** Which files, and from which day to which, UTC, both included; at most 40 days. */
  public record UseQuery(List<String> ids, LocalDate from, LocalDate to) {
    public UseQuery {
      ids = ids == null ? List.of() : List.copyOf(ids);
    }
  }

  /** How a file was used on a day. */
  public record DayOfUse(String fileId, LocalDate day, long reads, long writes, long bytesRead) {}

  /**
   * Days on which the files were used.
   *
   * @param since the first day of which events are kept of any file, null where there are none
   */
  public record DailyUse(LocalDate since, List<DayOfUse> days) {
    public DailyUse {
      days = days == null ? List.of() : List.copyOf(days);
    }
  }

  /** At most so many, 1 to 1000. */
  public record PinQuery(int limit) {}

  /** A file that stays where it is for a time. */
  public record Pin(String fileId, String location, Instant until) {}

  /** Pins, and how many there are in all. */
  public record Pins(List<Pin> pins, long total) {
    public Pins {
      pins = pins == null ? List.of() : List.copyOf(pins);
    }
  }

  /** Those of the files of which something is known. */
  public record Insights(List<FileInsight> files) {
    public Insights {
      files = files == null ? List.of() : List.copyOf(files);
    }
  }

  /** The use of one file. */
  public record Use(String fileId, AccessHistory history, FileWindows windows, Instant at) {}

  /** The use of files. */
  public record WindowBatch(List<Use> files) {
    public WindowBatch {
      files = files == null ? List.of() : List.copyOf(files);
    }
  }

  /** Where files belong. */
  public record DecisionBatch(List<Decision> decisions) {
    public DecisionBatch {
      decisions = decisions == null ? List.of() : List.copyOf(decisions);
    }
  }

  /** At most so many, 1 to 1000. */
  public record PendingQuery(int limit) {}

  /** Decisions, and of how many files there are some that would move. */
  public record Decisions(List<Decision> decisions, long total) {
    public Decisions {
      decisions = decisions == null ? List.of() : List.copyOf(decisions);
    }
  }

  /** An amount, USD. */
  public record Amount(double amount) {}

  /** Names a document; {@code kind} is one of {@link #KINDS}. */
  public record StateRef(String kind, String id) {}

  /** Documents of a kind; {@code limit} 1 to 1000. */
  public record StateQuery(String kind, int limit) {}

  /** A document to write. */
  public record PutState(String kind, StateDocument document) {}

  /** A document, null where there is none. */
  public record StateReply(StateDocument document) {}

  /** Documents. */
  public record StateList(List<StateDocument> documents) {
    public StateList {
      documents = documents == null ? List.of() : List.copyOf(documents);
    }
  }

  /** Facts to add where no more than {@code limit} wait then. */
  public record OutboxAdd(List<OutboxEntry> entries, int limit) {
    public OutboxAdd {
      entries = entries == null ? List.of() : List.copyOf(entries);
    }
  }

  /** Who asks, how long no other shall, and for how many. */
  public record OutboxClaim(String owner, long leaseMs, int limit) {}

  /**
   * Facts in the order in which they leave.
   *
   * @param held whether the lease is the caller's
   * @param accessWaits whether access events are among all that waits
   */
  public record OutboxPage(boolean held, boolean accessWaits, List<OutboxEntry> entries) {
    public OutboxPage {
      entries = entries == null ? List.of() : List.copyOf(entries);
    }
  }

  /** Names facts that left. */
  public record OutboxSent(List<String> ids) {
    public OutboxSent {
      ids = ids == null ? List.of() : List.copyOf(ids);
    }
  }
}
