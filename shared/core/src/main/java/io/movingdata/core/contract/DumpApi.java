package io.movingdata.core.contract;

import io.movingdata.core.bus.Address;
import io.movingdata.core.model.FileRecord;
import java.util.List;
import java.util.Set;

/**
 * The catalog's documents as they are stored, for auditors, backups and rebuilding: read page by
 * page, and put where there are none.
 */
public final class DumpApi {
  /** Collections of one document an object. */
  public static final Set<String> PLAIN =
      Set.of(
          "files",
          "file_insights",
          "uploads",
          "garbage",
          "moves_active",
          "jobs",
          "outbox",
          "sync_status",
          "rules",
          "models",
          "model_data",
          "alerts",
          "autopilot",
          "simulator",
          "passes",
          "replication",
          "mirrors",
          "backups");

  /** What is kept in a collection a day; all days are one collection here. */
  public static final Set<String> DAILY = Set.of("moves", "audit");

  /** Documents of one page, or of one request, at most. */
  public static final int MOST = 500;

  private static final String OWNER = "catalog";

  private DumpApi() {}

  /** A page of a collection, in the order of ids. */
  public static final Address<DumpQuery, DumpPage> DUMP =
      Address.of(OWNER, "dump", DumpQuery.class, DumpPage.class);

  /** Adds those documents whose ids are not taken; answers how many those were. Idempotent. */
  public static final Address<Documents, CatalogApi.Count> RESTORE =
      Address.of(OWNER, "restore", Documents.class, CatalogApi.Count.class);

  /**
   * Adds files whose ids no file and no tombstone has, under versions that were never used; answers
   * how many those were. Idempotent.
   */
  public static final Address<Files, CatalogApi.Count> RESTORE_FILES =
      Address.of(OWNER, "restore-files", Files.class, CatalogApi.Count.class);

  /**
   * Which page.
   *
   * @param collection one of {@link #PLAIN} or {@link #DAILY}
   * @param after the last id of the page before, null for the first
   * @param limit 1 to {@link #MOST}
   */
  public record DumpQuery(String collection, String after, int limit) {}

  /**
   * Documents as JSON, with their {@code _id}.
   *
   * @param next id to go on after, null on the last page
   */
  public record DumpPage(List<String> documents, String next) {
    public DumpPage {
      documents = documents == null ? List.of() : List.copyOf(documents);
    }
  }

  /** Documents of a collection as JSON, with their {@code _id}; at most {@link #MOST}. */
  public record Documents(String collection, List<String> documents) {
    public Documents {
      documents = documents == null ? List.of() : List.copyOf(documents);
    }
  }

  /** Files; at most {@link #MOST}. */
  public record Files(List<FileRecord> files) {
    public Files {
      files = files == null ? List.of() : List.copyOf(files);
    }
  }
}
