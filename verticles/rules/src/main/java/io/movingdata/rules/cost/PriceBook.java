package io.movingdata.rules.cost;

import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.cost.PriceClass;
import io.movingdata.core.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The prices of each location: those of the class of its provider whose storage price is nearest to
 * the one that is configured, with the configured prices of storage and egress in place of the
 * list's.
 */
public final class PriceBook {
  private final String asOf;
  private final List<PriceClass> classes;

  private PriceBook(String asOf, List<PriceClass> classes) {
    this.asOf = asOf;
    this.classes = List.copyOf(classes);
  }

  /**
   * Reads the file's text.
   *
   * @throws IllegalArgumentException naming what is wrong with it
   */
  public static PriceBook parse(String text) {
    JsonNode root;
    try {
      root = Json.mapper().readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException("the prices are not JSON: " + e.getMessage(), e);
    }
    if (!root.path("as_of").isTextual() || !root.path("classes").isArray()) {
      throw new IllegalArgumentException("the prices need as_of and a list of classes");
    }
    List<PriceClass> classes = new ArrayList<>();
    for (JsonNode one : root.path("classes")) {
      String where = "class " + classes.size() + " of the prices: ";
      classes.add(
          new PriceClass(
              text(one, "provider", where),
              text(one, "class", where),
              price(one, "storage_per_gb_month", where),
              price(one, "put_per_1000", where),
              price(one, "get_per_1000", where),
              price(one, "retrieval_per_gb", where),
              price(one, "egress_per_gb", where),
              price(one, "min_days", where),
              price(one, "first_byte_ms", where)));
    }
    return new PriceBook(root.path("as_of").textValue(), classes);
  }

  private static String text(JsonNode node, String field, String where) {
    if (!node.path(field).isTextual()) {
      throw new IllegalArgumentException(where + field + " must be a text");
    }
    return node.path(field).textValue();
  }

  private static double price(JsonNode node, String field, String where) {
    JsonNode value = node.path(field);
    if (!value.isNumber() || !(value.doubleValue() >= 0) || value.doubleValue() > 1e6) {
      throw new IllegalArgumentException(where + field + " must be a number from 0 to 1000000");
    }
    return value.doubleValue();
  }

  /** When the list was made. */
  public String asOf() {
    return asOf;
  }

  /** What a location costs. */
  public PriceClass of(LocationConfig location) {
    String provider = location.provider().wire();
    return classes.stream()
        .filter(one -> one.provider().equals(provider))
        .min(
            Comparator.comparingDouble(
                one -> Math.abs(one.storagePerGbMonth() - location.storagePerGbMonth())))
        .map(
            nearest ->
                new PriceClass(
                    provider,
                    nearest.name(),
                    location.storagePerGbMonth(),
                    nearest.putPer1000(),
                    nearest.getPer1000(),
                    nearest.retrievalPerGb(),
                    location.egressPerGb(),
                    nearest.minDays(),
                    nearest.firstByteMs()))
        .orElseGet(
            () ->
                new PriceClass(
                    provider,
                    "unknown",
                    location.storagePerGbMonth(),
                    0.005,
                    0.0004,
                    0,
                    location.egressPerGb(),
                    0,
                    50));
  }
}
