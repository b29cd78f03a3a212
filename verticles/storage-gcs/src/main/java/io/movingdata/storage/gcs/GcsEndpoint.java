package io.movingdata.storage.gcs;

import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The addresses of one bucket in the JSON API, as raw request targets (path and query). */
final class GcsEndpoint {
  /** The fields of an object resource that are read; the rest is not asked for. */
  private static final String OBJECT_FIELDS =
      "name,size,generation,crc32c,md5Hash,metadata,updated";

  private final URI base;
  private final String prefix;
  private final String bucket;
  private final String bucketPath;
  private final String uploadPath;

  /**
   * The bucket at an endpoint.
   *
   * @throws IllegalArgumentException if the endpoint is not an http or https address
   */
  GcsEndpoint(URI base, String bucket) {
    if (base.getHost() == null || !scheme(base).matches("https?") || base.getUserInfo() != null) {
      throw new IllegalArgumentException("a GCS endpoint must be http://host or https://host");
    }
    String path = base.getRawPath() == null ? "" : base.getRawPath();
    this.base = base;
    this.prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    this.bucket = bucket;
    this.bucketPath = prefix + "/storage/v1/b/" + Percent.encode(bucket);
    this.uploadPath = prefix + "/upload/storage/v1/b/" + Percent.encode(bucket) + "/o";
  }

  String bucket() {
    return bucket;
  }

  String host() {
    return base.getHost();
  }

  int port() {
    return port(base);
  }

  boolean tls() {
    return scheme(base).equals("https");
  }

  /** Where buckets are created. */
  String createBucket(String project) {
    return prefix + "/storage/v1/b?project=" + Percent.encode(project);
  }

  /** An object's resource. */
  String object(String key) {
    return bucketPath + "/o/" + Percent.encode(key) + "?fields=" + OBJECT_FIELDS;
  }

  /** An object's bytes, of one generation only. */
  String media(String key, long generation) {
    return bucketPath
        + ("/o/" + Percent.encode(key))
        + ("?alt=media&ifGenerationMatch=" + generation);
  }

  /** An object to delete; any generation for null. */
  String delete(String key, Long generation) {
    String condition = generation == null ? "" : "?ifGenerationMatch=" + generation;
    return bucketPath + "/o/" + Percent.encode(key) + condition;
  }

  /** One page of a listing. */
  String list(ListRequest request) {
    StringBuilder query = new StringBuilder(bucketPath).append("/o?maxResults=");
    query.append(request.limit());
    append(query, "prefix", request.prefix());
    append(query, "delimiter", request.delimiter());
    append(query, "pageToken", request.token());
    return query.append("&fields=prefixes,nextPageToken,items(" + OBJECT_FIELDS + ")").toString();
  }

  /** The cheapest question that needs the bucket and no more than the right to list objects. */
  String probe() {
    return bucketPath + "/o?maxResults=1&fields=nextPageToken";
  }

  /**
   * Where a whole object is sent in one request; generation 0 means that none may exist. The name
   * is there too, for the logs of whatever the request passes.
   */
  String multipart(String key, long ifGeneration) {
    return upload("multipart", key, ifGeneration);
  }

  /** Where a resumable upload begins; generation 0 means that none may exist. */
  String resumable(String key, long ifGeneration) {
    return upload("resumable", key, ifGeneration);
  }

  private String upload(String type, String key, long ifGeneration) {
    String condition = "&ifGenerationMatch=" + ifGeneration;
    return uploadPath + "?uploadType=" + type + condition + "&name=" + Percent.encode(key);
  }

  /**
   * The request target of a session URI. A session outside this endpoint is refused, so that a
   * forged one cannot send data elsewhere; the message does not repeat it, because a session URI is
   * a credential.
   *
   * @throws MovingDataException {@code PROVIDER_REJECTED}
   */
  String session(String sessionUri) {
    URI uri;
    try {
      uri = new URI(sessionUri);
    } catch (URISyntaxException e) {
      throw foreign();
    }
    boolean ours =
        uri.isAbsolute()
            && !uri.isOpaque()
            && scheme(uri).equals(scheme(base))
            && base.getHost().equalsIgnoreCase(uri.getHost())
            && port(uri) == port(base)
            && uri.getUserInfo() == null
            && uri.getRawFragment() == null
            && uri.getRawQuery() != null
            && uploadPath.equals(uri.getRawPath());
    if (!ours) {
      throw foreign();
    }
    return uri.getRawPath() + "?" + uri.getRawQuery();
  }

  private static MovingDataException foreign() {
    return MovingDataException.of(
        ErrorCode.PROVIDER_REJECTED,
        "the upload session does not belong to the configured GCS endpoint and bucket");
  }

  private static void append(StringBuilder query, String name, String value) {
    if (value != null && !value.isEmpty()) {
      query.append('&').append(name).append('=').append(Percent.encode(value));
    }
  }

  private static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return scheme(uri).equals("https") ? 443 : 80;
  }

  @Override
  public String toString() {
    return "GCS bucket " + bucket + " at " + base;
  }
}
