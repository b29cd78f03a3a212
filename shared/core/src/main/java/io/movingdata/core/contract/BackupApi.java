package io.movingdata.core.contract;

import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Done;
import io.movingdata.core.model.Backup;
import io.movingdata.core.model.Requester;
import java.util.List;

/** Backups of the catalog. */
public final class BackupApi {
  private static final String OWNER = "consistency";

  private BackupApi() {}

  /** Begins a backup, and answers before it is made. {@code CONFLICT} while another is made. */
  public static final Address<StartBackup, BackupReply> START =
      Address.of(OWNER, "backup-start", StartBackup.class, BackupReply.class);

  /** Backups that are known, the newest first. */
  public static final Address<Done, BackupList> LIST =
      Address.of(OWNER, "backup-list", Done.class, BackupList.class);

  /** Who wants it. */
  public record StartBackup(Requester requester) {}

  /** A backup. */
  public record BackupReply(Backup backup) {}

  /** Backups. */
  public record BackupList(List<Backup> backups) {
    public BackupList {
      backups = backups == null ? List.of() : List.copyOf(backups);
    }
  }
}
