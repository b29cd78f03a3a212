package io.movingdata.core.config;

import java.util.HashMap;
import java.util.Map;

/**
 * An account's connection string, {@code Key=value} pairs separated by semicolons.
 *
 * @param endpoint address of the account's blob service
 */
record AzureConnectionString(String endpoint, String account, String accountKey) {

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException naming the part at fault, never its value
   */
  static AzureConnectionString parse(String text) {
    Map<String, String> parts = new HashMap<>();
    for (String part : text.strip().split(";", -1)) {
      int equals = part.indexOf('=');
      if (!part.isBlank() && equals < 1) {
        throw new IllegalArgumentException("has a part that is not Key=value");
      }
      if (!part.isBlank()) {
        parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    String account = require(parts, "AccountName");
    return new AzureConnectionString(
        endpoint(parts, account), account, require(parts, "AccountKey"));
  }

  private static String endpoint(Map<String, String> parts, String account) {
    String given = parts.get("BlobEndpoint");
    if (given != null) {
      return given;
    }
    String scheme = parts.getOrDefault("DefaultEndpointsProtocol", "https");
    String suffix = parts.getOrDefault("EndpointSuffix", "core.windows.net");
    return scheme + "://" + account + ".blob." + suffix;
  }

  private static String require(Map<String, String> parts, String name) {
    String value = parts.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("has no " + name);
    }
    return value;
  }

  @Override
  public String toString() {
    return "AzureConnectionString[" + endpoint + "]";
  }
}
