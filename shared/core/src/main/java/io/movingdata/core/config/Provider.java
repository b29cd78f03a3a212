package io.movingdata.core.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kinds of object store that a location can be. */
public enum Provider {
  /** Amazon S3 and what speaks its protocol. */
  @JsonProperty("s3")
  S3("s3"),
  /** Azure Blob Storage. */
  @JsonProperty("azure")
  AZURE("azure"),
  /** Google Cloud Storage. */
  @JsonProperty("gcs")
  GCS("gcs");

  private final String wire;

  Provider(String wire) {
    this.wire = wire;
  }

  /** The name in configuration and answers. */
  public String wire() {
    return wire;
  }
}
