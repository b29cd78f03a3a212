package io.movingdata.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.movingdata.core.config.LocationConfig.GcsCredentials;
import io.movingdata.core.security.PemKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Google service account's key file, as the console hands it out. */
final class ServiceAccountFile {
  private static final String TOKEN_URI = "https://oauth2.googleapis.com/token";

  private ServiceAccountFile() {}

  /**
   * Reads the file.
   *
   * @param projectId used instead of the file's, may be null
   * @throws IllegalArgumentException saying what is wrong with it, without its content
   */
  static GcsCredentials read(Path file, String projectId) {
    JsonNode root = json(file);
    String type = text(root, "type");
    if (!type.equals("service_account")) {
      throw new IllegalArgumentException("is a key file of another type than service_account");
    }
    String pem = text(root, "private_key");
    requireKey(pem);
    String project = projectId == null ? root.path("project_id").textValue() : projectId;
    return new GcsCredentials(text(root, "client_email"), Secret.of(pem), tokenUri(root), project);
  }

  private static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      // Jackson's message quotes the file.
      throw new IllegalArgumentException("names a file that is not JSON: " + file, e);
    } catch (IOException e) {
      throw new IllegalArgumentException("names a file that cannot be read: " + file, e);
    }
  }

  private static String text(JsonNode root, String field) {
    JsonNode value = root.path(field);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new IllegalArgumentException("names a key file without the field " + field);
    }
    return value.textValue();
  }

  private static URI tokenUri(JsonNode root) {
    String text = root.path("token_uri").asText(TOKEN_URI);
    if (!text.startsWith("https://") && !Endpoints.isPrivate(text)) {
      throw new IllegalArgumentException("names a key file whose token_uri is not https");
    }
    return URI.create(text);
  }

  private static void requireKey(String pem) {
    try {
      PemKeys.rsaPrivateKey(pem);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "names a key file whose private_key is " + e.getMessage(), e);
    }
  }
}
