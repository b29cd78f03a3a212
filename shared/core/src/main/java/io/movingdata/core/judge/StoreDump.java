package io.movingdata.core.judge;

import java.util.List;

/** What one location holds: objects, and uploads that nobody has finished. */
public record StoreDump(
    String location, List<StoredObject> objects, List<UnfinishedUpload> uploads) {

  public StoreDump {
    objects = objects == null ? List.of() : List.copyOf(objects);
    uploads = uploads == null ? List.of() : List.copyOf(uploads);
  }
}
