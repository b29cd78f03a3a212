package io.movingdata.catalog;

import io.movingdata.core.contract.FindingApi.FindingCounts;
import io.movingdata.core.contract.FindingApi.FindingPage;
import io.movingdata.core.contract.FindingApi.FindingQuery;
import io.movingdata.core.contract.FindingApi.FindingRef;
import io.movingdata.core.contract.FindingApi.FindingReply;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingId;
import io.vertx.core.Future;

/** Keeps what passes over the stores found. */
final class FindingService {
  private final FindingRepository findings;

  FindingService(FindingRepository findings) {
    this.findings = findings;
  }

  /** Carries out {@code FindingApi.GET_FINDING}. */
  Future<FindingReply> get(FindingRef request) {
    return findings.get(checked(request.id())).map(found -> new FindingReply(found.orElse(null)));
  }

  /** Carries out {@code FindingApi.LIST_FINDINGS}. */
  Future<FindingPage> list(FindingQuery query) {
    int limit = Ids.limit(query.limit());
    if (query.cursor() != null) {
      checked(query.cursor());
    }
    return findings
        .find(query)
        .map(
            page ->
                new FindingPage(page, page.size() < limit ? null : page.get(page.size() - 1).id()));
  }

  /** Carries out {@code FindingApi.SEE_FINDING}. */
  Future<FindingReply> see(Finding seen) {
    return findings.see(checked(seen)).map(FindingReply::new);
  }

  /** Carries out {@code FindingApi.SAVE_FINDING}. */
  Future<FindingReply> save(Finding next) {
    return findings
        .replace(checked(next))
        .map(
            saved ->
                new FindingReply(
                    saved.orElseThrow(
                        () ->
                            MovingDataException.of(
                                ErrorCode.VERSION_CONFLICT, "it has changed since it was read"))));
  }

  /** Carries out {@code FindingApi.COUNT_FINDINGS}. */
  Future<FindingCounts> counts() {
    return findings.counts().map(FindingCounts::new);
  }

  private static Finding checked(Finding finding) {
    checked(finding.id());
    if (finding.kind() == null || finding.state() == null || finding.lastSeenAt() == null) {
      throw MovingDataException.invalid("finding", "needs a kind, a state and a time");
    }
    return finding;
  }

  private static String checked(String id) {
    if (!FindingId.matches(id)) {
      throw MovingDataException.invalid("id", "is not an id of a finding");
    }
    return id;
  }
}
