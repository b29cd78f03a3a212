package io.movingdata.testkit.model;

import io.movingdata.core.contract.CatalogApi.Place;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;

/** What can be seen of a placement in the request alone. */
final class WellFormed {
  private WellFormed() {}

  static void check(Place request) {
    FileRecord file = request.file();
    require(request.expectedVersion() >= 0, "expected_version");
    require(request.graceMs() >= 0, "grace_ms");
    require(request.copyId() == null || file.references(request.copyId()), "copy_id");
    if (file.deleted()) {
      require(file.replicas().isEmpty(), "replicas");
      return;
    }
    require(file.primaryReplica().isPresent(), "primary");
    long different = file.replicas().stream().map(Replica::copyId).distinct().count();
    require(different == file.replicas().size(), "replicas");
  }

  private static void require(boolean holds, String field) {
    if (!holds) {
      throw MovingDataException.invalid(field, "is not as it must be");
    }
  }
}
