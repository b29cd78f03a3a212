package io.movingdata.stack.gcs;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object that a client wants to store.
 *
 * @param settings what the client may set, as in the object resource
 * @param declared the checksums that the content must have
 * @param uploadId the resumable session it comes from, or empty
 */
record NewObject(
    String name,
    ObjectNode settings,
    DeclaredSums declared,
    Preconditions preconditions,
    String uploadId) {

  private static final int MAX_NAME_BYTES = 1024;

  /** The same, from a resumable session. */
  NewObject uploadedBy(String session) {
    return new NewObject(name, settings, declared, preconditions, session);
  }

  /**
   * Checks the name.
   *
   * @throws GcsException 400 if the name cannot be an object's
   */
  NewObject checked() throws GcsException {
    if (name.isEmpty()) {
      throw GcsException.invalid("Required parameter: name");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      throw GcsException.invalid("The object name is longer than 1024 bytes.");
    }
    if (name.equals(".")
        || name.equals("..")
        || name.indexOf('\r') >= 0
        || name.indexOf('\n') >= 0) {
      throw GcsException.invalid("Invalid object name");
    }
    return this;
  }
}
