package io.movingdata.storage.s3;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.LocationConfig.S3Credentials;
import io.movingdata.core.config.Provider;
import io.movingdata.core.config.Secret;
import java.net.URI;
import java.util.List;

/** Builds locations for tests; every default is one that the local S3 server accepts. */
final class S3Locations {
  private final URI endpoint;
  private String bucket = "test-bucket";
  private String accessKey = "test-access";
  private String secretKey = "test-secret-canary";
  private String sessionToken;
  private String region = "us-east-1";
  private boolean pathStyle = true;
  private String kmsKey;

  private S3Locations(URI endpoint) {
    this.endpoint = endpoint;
  }

  static S3Locations at(String endpoint) {
    return new S3Locations(URI.create(endpoint));
  }

  S3Locations bucket(String name) {
    bucket = name;
    return this;
  }

  S3Locations keys(String access, String secret) {
    accessKey = access;
    secretKey = secret;
    return this;
  }

  S3Locations sessionToken(String token) {
    sessionToken = token;
    return this;
  }

  S3Locations region(String name) {
    region = name;
    return this;
  }

  S3Locations pathStyle(boolean style) {
    pathStyle = style;
    return this;
  }

  S3Locations kmsKey(String aliasOrId) {
    kmsKey = aliasOrId;
    return this;
  }

  LocationConfig build() {
    S3Credentials credentials =
        new S3Credentials(
            accessKey, Secret.of(secretKey), Secret.of(sessionToken), region, pathStyle, kmsKey);
    return new LocationConfig(
        "hot",
        Provider.S3,
        endpoint,
        bucket,
        credentials,
        null,
        null,
        null,
        List.of("system"),
        "hot",
        "local",
        0,
        0,
        4);
  }
}
