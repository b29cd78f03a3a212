package io.movingdata.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An S3 server on a folder: every bucket is a subfolder, every object a file whose metadata are
 * extended attributes. Signatures (version 4) are checked.
 */
public final class S3Server implements StackServer {

  private static final Logger log = LoggerFactory.getLogger(S3Server.class);
  private static final long STOP_MILLIS = 1_000;

  private final Path folder;
  private final String host;
  private final int wantedPort;
  private final String accessKey;
  private final String secretKey;
  private S3Proxy proxy;

  /**
   * Describes a server that does not run yet.
   *
   * @param port the port to listen on, 0 for any free one
   */
  public S3Server(Path folder, String host, int port, String accessKey, String secretKey) {
    this.folder = folder;
    this.host = host;
    this.wantedPort = port;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
  }

  @Override
  public String name() {
    return "s3";
  }

  @Override
  public void start() throws Exception {
    Files.createDirectories(folder);
    requireAttributes();
    BlobStore store = new FilesystemNio2BlobStore(folder.toString());
    S3Proxy starting =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create("http://" + host + ":" + wantedPort))
            .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
            .stopTimeout(STOP_MILLIS)
            .build();
    starting.start();
    proxy = starting;
    try {
      // An unsigned request: the refusal proves that the server answers and that it asks who calls.
      HttpProbe.await(endpoint() + "/", 403);
    } catch (IOException e) {
      stop();
      throw e;
    }
    log.info("s3 serves {} at {}", folder, endpoint());
  }

  @Override
  public String endpoint() {
    return "http://" + host + ":" + port();
  }

  @Override
  public int port() {
    return proxy.getPort();
  }

  @Override
  public void stop() {
    if (proxy == null) {
      return;
    }
    try {
      proxy.stop();
    } catch (Exception e) {
      log.warn("s3 did not stop cleanly: {}", e.toString());
    }
    proxy = null;
  }

  /** Without extended attributes object metadata would vanish silently. */
  private void requireAttributes() throws IOException {
    FileStore fileStore = Files.getFileStore(folder);
    if (!fileStore.supportsFileAttributeView(UserDefinedFileAttributeView.class)) {
      throw new IOException(
          "the file system of "
              + folder
              + " keeps no extended attributes, where S3 metadata are stored;"
              + " choose another --data folder");
    }
  }
}
