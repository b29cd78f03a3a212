package io.movingdata.stack.gcs;

/** A request that is refused, with the status and the reason that Google's service would give. */
final class GcsException extends Exception {

  private final int status;
  private final String reason;

  private GcsException(int status, String reason, String message) {
    super(message);
    this.status = status;
    this.reason = reason;
  }

  static GcsException invalid(String message) {
    return new GcsException(400, "invalid", message);
  }

  static GcsException unauthorized(String message) {
    return new GcsException(401, "authError", message);
  }

  static GcsException notFound(String message) {
    return new GcsException(404, "notFound", message);
  }

  static GcsException methodNotAllowed(String message) {
    return new GcsException(405, "methodNotAllowed", message);
  }

  static GcsException conflict(String message) {
    return new GcsException(409, "conflict", message);
  }

  static GcsException conditionNotMet() {
    return new GcsException(
        412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
  }

  int status() {
    return status;
  }

  String reason() {
    return reason;
  }
}
