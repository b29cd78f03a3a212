package io.movingdata.storage.s3;

import io.movingdata.core.config.LocationConfig;
import java.net.URI;

/**
 * Where a bucket's requests go: path style ({@code host/bucket/key}) or virtual-host style ({@code
 * bucket.host/key}).
 *
 * @param ssl whether over TLS
 * @param host to connect to
 * @param port to connect to
 * @param hostHeader host, with the port where it is not the scheme's own
 * @param bucketPath encoded path of the bucket, without a slash at its end
 */
record S3Endpoint(boolean ssl, String host, int port, String hostHeader, String bucketPath) {

  /** The endpoint of a location. */
  static S3Endpoint of(LocationConfig location) {
    URI base = location.endpoint();
    boolean ssl = "https".equalsIgnoreCase(base.getScheme());
    boolean pathStyle = location.s3().pathStyle();
    int ownPort = ssl ? 443 : 80;
    int port = base.getPort() == -1 ? ownPort : base.getPort();
    String host = pathStyle ? base.getHost() : location.bucket() + "." + base.getHost();
    String hostHeader = port == ownPort ? host : host + ":" + port;
    String rawPath = base.getRawPath() == null ? "" : base.getRawPath();
    String prefix = rawPath.endsWith("/") ? rawPath.substring(0, rawPath.length() - 1) : rawPath;
    String bucketPath = pathStyle ? prefix + "/" + Percent.encode(location.bucket()) : prefix;
    return new S3Endpoint(ssl, host, port, hostHeader, bucketPath);
  }

  /** The encoded path of an object; that of the bucket for null. */
  String path(String key) {
    if (key != null) {
      return bucketPath + "/" + Percent.encodePath(key);
    }
    return bucketPath.isEmpty() ? "/" : bucketPath;
  }
}
