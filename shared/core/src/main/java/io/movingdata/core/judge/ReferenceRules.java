package io.movingdata.core.judge;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.transfer.ObjectMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Each copy that a file references: never given up ({@link Rule#GIVEN_UP}), and stored beside
 * metadata that say whose it is ({@link Rule#METADATA}).
 */
final class ReferenceRules {
  private ReferenceRules() {}

  static List<Violation> check(Facts facts) {
    List<Violation> found = new ArrayList<>();
    for (FileRecord file : facts.liveFiles) {
      for (Replica copy : file.replicas()) {
        String where = ObjectAddress.of(copy).toString();
        if (facts.givenUp(copy.copyId())) {
          String detail = "copy " + where + " was given up, and the file references it";
          found.add(new Violation(Rule.GIVEN_UP, file.id(), detail));
        }
        StoredObject object = facts.object(ObjectAddress.of(copy));
        if (object != null && !Objects.equals(object.metadata(), expected(file, copy))) {
          String detail = where + " is stored with " + object.metadata();
          found.add(new Violation(Rule.METADATA, file.id(), detail));
        }
      }
    }
    return found;
  }

  private static ObjectMetadata expected(FileRecord file, Replica copy) {
    return new ObjectMetadata(
        file.id(), copy.copyId(), file.contentId(), copy.format(), copy.createdAtS(), copy.keyId());
  }
}
