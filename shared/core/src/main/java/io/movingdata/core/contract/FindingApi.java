package io.movingdata.core.contract;

import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Done;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import java.time.Instant;
import java.util.List;

/**
 * What the catalog keeps of differences between the stores and itself: the collection {@code
 * sync_status}. Errors as in {@link CatalogApi}.
 */
public final class FindingApi {
  private static final String OWNER = "catalog";

  private FindingApi() {}

  /** One finding. */
  public static final Address<FindingRef, FindingReply> GET_FINDING =
      Address.of(OWNER, "finding-get", FindingRef.class, FindingReply.class);

  /** A page of findings, by id. */
  public static final Address<FindingQuery, FindingPage> LIST_FINDINGS =
      Address.of(OWNER, "finding-list", FindingQuery.class, FindingPage.class);

  /**
   * Records that something was seen: a new finding, or the one there is, seen again. Answers with
   * the document as it is then.
   */
  public static final Address<Finding, FindingReply> SEE_FINDING =
      Address.of(OWNER, "finding-see", Finding.class, FindingReply.class);

  /** Replaces the finding of its version; {@code VERSION_CONFLICT}. */
  public static final Address<Finding, FindingReply> SAVE_FINDING =
      Address.of(OWNER, "finding-save", Finding.class, FindingReply.class);

  /** How many findings there are of each kind, state and location. */
  public static final Address<Done, FindingCounts> COUNT_FINDINGS =
      Address.of(OWNER, "finding-count", Done.class, FindingCounts.class);

  /** Names a finding. */
  public record FindingRef(String id) {}

  /** A finding, null where there is none. */
  public record FindingReply(Finding finding) {}

  /**
   * Which findings; every condition may be null or empty.
   *
   * @param dueAt only those whose next attempt is not later
   * @param limit 1 to 1000
   * @param cursor the last id of the page before
   */
  public record FindingQuery(
      List<FindingState> states,
      FindingKind kind,
      String location,
      String fileId,
      Instant dueAt,
      int limit,
      String cursor) {
    public FindingQuery {
      states = states == null ? List.of() : List.copyOf(states);
    }
  }

  /** Findings; {@code next} null on the last page. */
  public record FindingPage(List<Finding> findings, String next) {
    public FindingPage {
      findings = findings == null ? List.of() : List.copyOf(findings);
    }
  }

  /** A number of findings, and when one of them changed last. */
  public record FindingCount(
      FindingKind kind, FindingState state, String location, long count, Instant lastAt) {}

  /** Numbers of findings. */
  public record FindingCounts(List<FindingCount> counts) {
    public FindingCounts {
      counts = counts == null ? List.of() : List.copyOf(counts);
    }

    /** How many are in one of the states. */
    public long in(FindingState... states) {
      List<FindingState> wanted = List.of(states);
      return counts.stream()
          .filter(count -> wanted.contains(count.state()))
          .mapToLong(FindingCount::count)
          .sum();
    }
  }
}
