package io.movingdata.core.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name under which a backup of the catalog is stored: {@code movingdata-backup.<time-ordered
 * id>.<copy id>}. No copy of a file has such a name, so who compares stores with the catalog leaves
 * these objects out.
 */
public final class BackupKey {
  /** What every such name begins with. */
  public static final String PREFIX = "movingdata-backup.";

  private static final Pattern OURS =
      Pattern.compile("movingdata-backup\\.([0-9a-f]{12}-[0-9a-f]{16})\\.([0-9a-f]{32})");

  private BackupKey() {}

  /** The key of a copy of a backup. */
  public static String of(String backupId, String copyId) {
    return PREFIX + backupId + "." + copyId;
  }

  /** Whether a key is that of a backup. */
  public static boolean matches(String key) {
    return OURS.matcher(key).matches();
  }

  /** The backup's id; empty where the key is another's. */
  public static Optional<String> backupId(String key) {
    Matcher matcher = OURS.matcher(key);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
