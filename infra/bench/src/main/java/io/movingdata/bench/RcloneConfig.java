package io.movingdata.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.core.json.Json;
import io.movingdata.testkit.process.RepositoryRoot;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * rclone's configuration for the local stack: a remote for each server, named as the location with
 * {@code -store}, and a crypt remote over it, named as the location.
 */
final class RcloneConfig {
  private static final String BUCKET = "rclone";
  private static final String PASSWORD = "not secret, demo password";

  private RcloneConfig() {}

  /**
   * The text of the file.
   *
   * @param local {@code conf/local.json}, which has the servers' demo keys
   * @param endpoint a server's address
   * @param obscured a password as rclone stores it
   */
  static String text(
      JsonNode local, UnaryOperator<String> endpoint, UnaryOperator<String> obscured) {
    Map<String, Map<String, String>> remotes = new LinkedHashMap<>();
    JsonNode s3 = location(local, "s3");
    remotes.put(
        "s3-store",
        Map.of(
            "type",
            "s3",
            "provider",
            "Other",
            "access_key_id",
            s3.path("access_key").asText(),
            "secret_access_key",
            s3.path("secret_key").asText(),
            "endpoint",
            endpoint.apply("s3"),
            "force_path_style",
            "true"));
    JsonNode azure = location(local, "azure");
    remotes.put(
        "azure-store",
        Map.of(
            "type", "azureblob",
            "account", azure.path("account").asText(),
            "key", azure.path("account_key").asText(),
            "endpoint", endpoint.apply("azurite")));
    remotes.put(
        "gcs-store",
        Map.of(
            "type", "google cloud storage",
            "anonymous", "true",
            "endpoint", endpoint.apply("gcs") + "/storage/v1/",
            "project_number", location(local, "gcs").path("project_id").asText(),
            "bucket_policy_only", "true"));
    String password = obscured.apply(PASSWORD);
    for (String name : new String[] {"s3", "azure", "gcs"}) {
      String remote = name + "-store:" + BUCKET;
      remotes.put(name, Map.of("type", "crypt", "remote", remote, "password", password));
    }
    return text(remotes);
  }

  /** The local profile's configuration. */
  static JsonNode local() throws IOException {
    return Json.mapper().readTree(RepositoryRoot.find().resolve("conf/local.json").toFile());
  }

  private static JsonNode location(JsonNode local, String id) {
    for (JsonNode location : local.path("locations")) {
      if (location.path("id").asText().equals(id)) {
        return location;
      }
    }
    throw new IllegalArgumentException("conf/local.json has no location " + id);
  }

  private static String text(Map<String, Map<String, String>> remotes) {
    StringBuilder text = new StringBuilder();
    remotes.forEach(
        (name, options) -> {
          text.append('[').append(name).append("]\n");
          options.forEach((key, value) -> text.append(key + " = " + value + "\n"));
        });
    return text.toString();
  }
}
