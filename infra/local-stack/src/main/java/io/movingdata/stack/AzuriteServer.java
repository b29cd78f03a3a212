package io.movingdata.stack;

import io.movingdata.stack.azurite.AzuriteInstall;
import io.movingdata.stack.azurite.AzuriteProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An Azure Blob server: Azurite in a process of its own, with its well-known account. */
public final class AzuriteServer implements StackServer {

  /** The account that Azurite always has. */
  private static final String ACCOUNT = "devstoreaccount1";

  private static final Logger log = LoggerFactory.getLogger(AzuriteServer.class);

  private final Path installation;
  private final Path folder;
  private final String host;
  private final int wantedPort;
  private final Runnable onDeath;
  private AzuriteProcess process;

  /**
   * Describes a server that does not run yet.
   *
   * @param installation the folder where Azurite is, or will be, installed
   * @param port the port to listen on, 0 for any free one
   * @param onDeath what to do if its process ends without being told to
   */
  public AzuriteServer(Path installation, Path folder, String host, int port, Runnable onDeath) {
    this.installation = installation;
    this.folder = folder;
    this.host = host;
    this.wantedPort = port;
    this.onDeath = onDeath;
  }

  @Override
  public String name() {
    return "azurite";
  }

  @Override
  public void start() throws Exception {
    new AzuriteInstall(installation, System.err).ensure();
    Files.createDirectories(folder);
    process = AzuriteProcess.start(installation, folder, host, wantedPort, onDeath);
    try {
      // An unsigned request: the refusal proves that the server answers and that it asks who calls.
      HttpProbe.await(endpoint() + "?comp=list", 403);
    } catch (IOException e) {
      stop();
      throw e;
    }
    log.info("azurite serves {} at {}", folder, endpoint());
  }

  @Override
  public String endpoint() {
    return "http://" + host + ":" + port() + "/" + ACCOUNT;
  }

  @Override
  public int port() {
    return process.port();
  }

  @Override
  public void stop() {
    if (process != null) {
      process.stop();
      process = null;
    }
  }
}
