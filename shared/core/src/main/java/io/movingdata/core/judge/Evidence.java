package io.movingdata.core.judge;

import java.time.Instant;
import java.util.List;

/**
 * Everything that the judge looks at. What nobody recorded is an empty list, and is not judged. The
 * catalog is read before the stores; where the system is not at rest, {@link Limits} must allow for
 * the work that is under way.
 *
 * @param takenAt when the collecting began
 * @param limits what may still be under way at that time
 * @param catalog the catalog's documents
 * @param stores what the providers hold, one entry for each location that was looked at
 * @param requests what providers were asked, in the order in which the requests arrived
 * @param history what clients did and were told
 * @param earlier the catalog as it was seen before, in parts or in whole
 */
public record Evidence(
    Instant takenAt,
    Limits limits,
    CatalogDump catalog,
    List<StoreDump> stores,
    List<ProviderRequest> requests,
    List<ClientOperation> history,
    List<CatalogDump> earlier) {

  public Evidence {
    stores = stores == null ? List.of() : List.copyOf(stores);
    requests = requests == null ? List.of() : List.copyOf(requests);
    history = history == null ? List.of() : List.copyOf(history);
    earlier = earlier == null ? List.of() : List.copyOf(earlier);
  }

  /** Evidence without request logs, clients and a past: what an auditor finds at any time. */
  public static Evidence of(
      Instant takenAt, Limits limits, CatalogDump catalog, List<StoreDump> stores) {
    return new Evidence(takenAt, limits, catalog, stores, List.of(), List.of(), List.of());
  }
}
