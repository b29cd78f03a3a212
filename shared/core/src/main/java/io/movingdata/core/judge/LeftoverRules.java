package io.movingdata.core.judge;

import io.movingdata.core.model.BackupKey;
import io.movingdata.core.model.PhysicalKey;
import java.util.ArrayList;
import java.util.List;

/**
 * What must not be left over at a provider: {@link Rule#ORPHAN} and {@link Rule#UNFINISHED_UPLOAD}.
 * Objects that are not ours are none of our business, nor are backups of the catalog.
 */
final class LeftoverRules {
  private LeftoverRules() {}

  static List<Violation> check(Facts facts) {
    List<Violation> found = new ArrayList<>();
    facts.objects().forEach((address, object) -> checkObject(facts, address, object, found));
    for (StoreDump store : facts.evidence.stores()) {
      store.uploads().forEach(upload -> checkUpload(facts, store.location(), upload, found));
    }
    return found;
  }

  private static void checkObject(
      Facts facts, ObjectAddress address, StoredObject object, List<Violation> found) {
    boolean backup = BackupKey.matches(address.key());
    boolean ours = !backup && (object.metadata() != null || PhysicalKey.matches(address.key()));
    boolean known = facts.referencing(address) != null || facts.expected(address);
    boolean old = object.lastModified() == null || facts.overdue(object.lastModified());
    if (ours && !known && old) {
      String detail = "neither a file nor garbage nor an intent names it";
      found.add(new Violation(Rule.ORPHAN, address.toString(), detail));
    }
  }

  private static void checkUpload(
      Facts facts, String location, UnfinishedUpload upload, List<Violation> found) {
    ObjectAddress address = new ObjectAddress(location, upload.key());
    boolean ours = PhysicalKey.matches(upload.key());
    boolean old =
        upload.begun() == null
            || facts.overdue(upload.begun().plus(facts.evidence.limits().stale()));
    if (ours && !facts.expected(address) && old) {
      found.add(
          new Violation(Rule.UNFINISHED_UPLOAD, address.toString(), "begun at " + upload.begun()));
    }
  }
}
