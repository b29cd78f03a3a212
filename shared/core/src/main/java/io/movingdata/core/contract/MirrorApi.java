package io.movingdata.core.contract;

import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Done;
import io.movingdata.core.model.Requester;
import java.time.Instant;
import java.util.List;

/** External mirrors that are told of every change of a file. */
public final class MirrorApi {
  private static final String OWNER = "mirrors";

  private MirrorApi() {}

  /** How far each mirror is. */
  public static final Address<Done, Status> STATUS =
      Address.of(OWNER, "status", Done.class, Status.class);

  /** Tells mirrors of every file again. */
  public static final Address<Resync, Status> RESYNC =
      Address.of(OWNER, "resync", Resync.class, Status.class);

  /** The mirrors, in configured order. */
  public record Status(List<Endpoint> endpoints) {
    public Status {
      endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
    }
  }

  /**
   * One mirror.
   *
   * @param name its name in the configuration
   * @param host its host; the rest of the address may hold a secret
   * @param state {@code ok}, {@code behind}: there are changes that it was not told of, or {@code
   *     unreachable}
   * @param pending files that it has to be told of, as far as is known
   * @param lastDeliveredAt when it last took a change, null for never
   * @param lastError why the last try failed, null where it did not
   * @param differing files of which it holds something else, as far as it was asked
   * @param comparedAt when it was last asked about all files, null for never
   */
  public record Endpoint(
      String name,
      String host,
      String state,
      long pending,
      Instant lastDeliveredAt,
      String lastError,
      long differing,
      Instant comparedAt) {}

  /** Names of mirrors; empty: all of them. */
  public record Resync(List<String> endpoints, Requester requester) {
    public Resync {
      endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
    }
  }
}
