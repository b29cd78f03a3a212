package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.catalog.store.Filter;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.CatalogApi.FileQuery;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.Selector;
import java.util.List;
import java.util.Objects;

/** Turns what a client asks for into a filter over files that are not deleted. */
final class FileFilters {
  private static final int MOST_IDS = 1_000;

  private final List<LocationConfig> locations;

  FileFilters(List<LocationConfig> locations) {
    this.locations = locations;
  }

  /**
   * The filter of a query, without its cursor.
   *
   * @throws MovingDataException invalid request naming the field at fault
   */
  Filter of(FileQuery query) {
    Filter filter = new Filter().is("deleted", false);
    if (query.locations() != null) {
      filter.in("primary", plain("locations", query.locations()));
    }
    if (query.q() != null && !query.q().isEmpty()) {
      filter.containsAnyCase("_id", text("q", query.q()));
    }
    if (query.selector() != null) {
      select(query.selector(), filter);
    }
    return filter;
  }

  private void select(Selector selector, Filter filter) {
    if (selector.ids() != null) {
      if (selector.ids().size() > MOST_IDS) {
        throw MovingDataException.invalid("ids", "must be at most " + MOST_IDS);
      }
      selector.ids().forEach(FileIds::require);
      filter.in("_id", selector.ids());
    }
    if (selector.prefix() != null && !selector.prefix().isEmpty()) {
      filter.startsWith("_id", text("prefix", selector.prefix()));
    }
    filter.isIfGiven("primary", selector.location());
    if (selector.tier() != null) {
      filter.in(
          "primary",
          locations.stream()
              .filter(location -> selector.tier().equals(location.tier()))
              .map(LocationConfig::id)
              .toList());
    }
    if (selector.olderThan() != null) {
      filter.below("updated_at", DocumentLayout.time(selector.olderThan()));
    }
    if (selector.minBytes() != null) {
      filter.atLeast("size_bytes", selector.minBytes());
    }
    if (selector.maxBytes() != null) {
      filter.atMost("size_bytes", selector.maxBytes());
    }
  }

  /** A part of an id: as an id, but for the dollar sign, which stands for itself here. */
  private static String text(String field, String value) {
    try {
      FileIds.require("." + value);
      return value;
    } catch (MovingDataException e) {
      throw MovingDataException.invalid(field, "cannot be part of a file id");
    }
  }

  private static List<String> plain(String field, List<String> values) {
    if (values.stream().anyMatch(Objects::isNull)) {
      throw MovingDataException.invalid(field, "must not hold null");
    }
    return values;
  }
}
