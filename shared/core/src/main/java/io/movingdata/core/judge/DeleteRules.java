package io.movingdata.core.judge;

import io.movingdata.core.model.FileRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the request logs say of deletes: {@link Rule#DELETE_DISCIPLINE} and {@link Rule#KEY_REUSE}.
 * A delete without an answer counts as one, since the provider may have carried it out.
 */
final class DeleteRules {
  private DeleteRules() {}

  static List<Violation> check(Facts facts) {
    List<Violation> found = new ArrayList<>();
    for (ObjectAddress address : facts.log.addresses()) {
      facts
          .log
          .firstDelete(address)
          .ifPresent(
              delete -> {
                checkDelete(facts, address, delete, found);
                checkReuse(facts, address, delete, found);
              });
    }
    return found;
  }

  private static void checkDelete(
      Facts facts, ObjectAddress address, ProviderRequest delete, List<Violation> found) {
    FileRecord file = facts.referencing(address);
    if (file != null) {
      found.add(violation(address, "was deleted, and " + file.id() + " references it"));
      return;
    }
    boolean mattered = facts.contents.live(address) && !facts.givenUp(address.copyId());
    if (mattered && !otherCopy(facts, address, delete)) {
      found.add(violation(address, "was deleted before another copy of its content was whole"));
    }
  }

  private static boolean otherCopy(Facts facts, ObjectAddress address, ProviderRequest delete) {
    return facts.contents.likely(address).stream()
        .filter(other -> !other.equals(address) && !facts.givenUp(other.copyId()))
        .anyMatch(other -> wholeAt(facts, other, delete.begun()));
  }

  /**
   * Whether an object had been stored in full by a time, and not been deleted before it. Where no
   * request tells when it was stored, it was before the log began.
   */
  private static boolean wholeAt(Facts facts, ObjectAddress address, Instant time) {
    List<ProviderRequest> stores = facts.log.stores(address);
    boolean stored =
        stores.isEmpty()
            ? facts.object(address) != null || facts.log.firstDelete(address).isPresent()
            : stores.stream().anyMatch(put -> !put.effective().isAfter(time));
    boolean deleted =
        facts.log.firstDelete(address).filter(d -> !d.begun().isAfter(time)).isPresent();
    return stored && !deleted;
  }

  private static void checkReuse(
      Facts facts, ObjectAddress address, ProviderRequest delete, List<Violation> found) {
    Instant gone = delete.ended();
    if (gone == null || facts.givenUp(address.copyId())) {
      return;
    }
    facts.log.stores(address).stream()
        .filter(put -> put.begun().isAfter(gone))
        .findFirst()
        .ifPresent(
            put -> {
              String detail = "was stored at " + put.begun() + " after its delete at " + gone;
              found.add(new Violation(Rule.KEY_REUSE, address.toString(), detail));
            });
  }

  private static Violation violation(ObjectAddress address, String detail) {
    return new Violation(Rule.DELETE_DISCIPLINE, address.toString(), detail);
  }
}
