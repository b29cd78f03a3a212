package io.movingdata.stack;

import io.movingdata.stack.gcs.GcsAccess;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param servers the servers to run, at least one
 * @param data the folder under which each server keeps its data
 * @param host the address they all listen on
 * @param ports the port of every server, 0 for any free one
 * @param s3AccessKey the access key that S3 requests are signed with
 * @param s3SecretKey the secret of that key
 * @param gcsAccess who may call the GCS server
 * @param azuriteDir the folder where Azurite is, or will be, installed
 * @param parentPid the process whose end ends the stack
 */
public record StackOptions(
    Set<ServerKind> servers,
    Path data,
    String host,
    Map<ServerKind, Integer> ports,
    String s3AccessKey,
    String s3SecretKey,
    GcsAccess gcsAccess,
    Path azuriteDir,
    Optional<Long> parentPid) {

  /**
   * Reads a command line.
   *
   * @throws UsageException if anything in it is wrong
   */
  public static StackOptions parse(String... args) throws UsageException {
    return new CommandLine().parse(args);
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "StackOptions[servers=" + servers + ", data=" + data + ", host=" + host + "]";
  }
}
