package io.movingdata.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.core.config.LocationConfig.AzureCredentials;
import io.movingdata.core.config.LocationConfig.GcsCredentials;
import io.movingdata.core.config.LocationConfig.S3Credentials;
import io.movingdata.core.security.Keyring;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Builds one location from a checked tree. */
final class LocationReader {
  private final ConfigTree tree;
  private final String prefix;
  private final String id;

  LocationReader(ConfigTree tree, String id) {
    this.tree = tree;
    this.id = id;
    this.prefix = "locations." + id + ".";
  }

  /** The provider of a location; empty where it is missing or unknown. */
  static Optional<Provider> provider(ConfigTree tree, String id) {
    return tree.get("locations." + id + "." + LocationSettings.PROVIDER.path())
        .flatMap(
            entry ->
                Stream.of(Provider.values())
                    .filter(p -> p.wire().equals(entry.value().asText()))
                    .findFirst());
  }

  LocationConfig read() {
    Provider provider = provider(tree, id).orElseThrow();
    return new LocationConfig(
        id,
        provider,
        URI.create(text("endpoint")),
        text("bucket"),
        provider == Provider.S3 ? s3() : null,
        provider == Provider.AZURE ? azure() : null,
        provider == Provider.GCS ? gcs() : null,
        keyring(),
        roles(),
        text("tier"),
        text("cloud_region"),
        node("storage_per_gb_month").doubleValue(),
        node("egress_per_gb").doubleValue(),
        node("max_transfers").intValue());
  }

  private S3Credentials s3() {
    return new S3Credentials(
        text("access_key"),
        Secret.of(text("secret_key")),
        Secret.of(text("session_token")),
        text("region"),
        node("path_style").booleanValue(),
        text("sse_kms_key"));
  }

  private AzureCredentials azure() {
    return new AzureCredentials(text("account"), Secret.of(text("account_key")));
  }

  private GcsCredentials gcs() {
    String file = text("credentials_file");
    String project = text("project_id");
    return file == null
        ? new GcsCredentials(null, null, null, project)
        : ServiceAccountFile.read(Path.of(file), project);
  }

  private Keyring keyring() {
    String path = prefix + "encryption_key";
    ConfigTree.Entry entry = tree.get(path).orElseThrow();
    boolean demo = DemoSecrets.contains(entry.value().textValue());
    return Keyring.parse(entry.value().textValue(), entry.source() + (demo ? " (demo)" : ""));
  }

  private List<String> roles() {
    return ValueTypes.texts(node("allowed_roles")).stream().distinct().toList();
  }

  private JsonNode node(String field) {
    return tree.get(prefix + field).orElseThrow().value();
  }

  private String text(String field) {
    return tree.get(prefix + field).map(entry -> entry.value().textValue()).orElse(null);
  }
}
