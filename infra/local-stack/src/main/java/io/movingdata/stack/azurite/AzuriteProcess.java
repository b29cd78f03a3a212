package io.movingdata.stack.azurite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Azurite: a Node.js process that ends when this one does, however it ends. */
public final class AzuriteProcess {

  private static final Logger log = LoggerFactory.getLogger(AzuriteProcess.class);
  private static final Pattern LISTENS = Pattern.compile("successfully listens on .*:(\\d+)$");
  private static final int START_SECONDS = 30;
  private static final int STOP_SECONDS = 3;

  private final Process process;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private volatile boolean stopping;

  private AzuriteProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts Azurite and waits until it says that it listens.
   *
   * @param installation the folder with {@code run.js} and {@code node_modules}
   * @param data where it keeps its blobs
   * @param wantedPort the port, 0 for any free one
   * @param onDeath what to do if it ends without being told to
   */
  public static AzuriteProcess start(
      Path installation, Path data, String host, int wantedPort, Runnable onDeath)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "node",
                installation.resolve("run.js").toString(),
                "--blobHost",
                host,
                "--blobPort",
                Integer.toString(wantedPort),
                "--location",
                data.toString(),
                "--skipApiVersionCheck",
                "--disableTelemetry",
                "--silent")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    AzuriteProcess azurite = new AzuriteProcess(process);
    Thread reader = new Thread(() -> azurite.read(onDeath), "azurite-output");
    reader.setDaemon(true);
    reader.start();
    try {
      azurite.port.get(START_SECONDS, TimeUnit.SECONDS);
      return azurite;
    } catch (ExecutionException | TimeoutException e) {
      azurite.stop();
      throw new IOException("Azurite did not start: " + e.getMessage(), e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return port.join();
  }

  /** Lets it write its index and end; kills it if that takes longer than 3 s. */
  public void stop() {
    stopping = true;
    try {
      process.getOutputStream().close();
      if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (IOException e) {
      log.debug("Azurite's input was closed already", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  private void read(Runnable onDeath) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.debug("{}", line);
        Matcher listens = LISTENS.matcher(line);
        if (listens.find()) {
          port.complete(Integer.valueOf(listens.group(1)));
        }
      }
    } catch (IOException e) {
      log.debug("Azurite's output ended", e);
    }
    boolean neverStarted =
        port.completeExceptionally(new IOException("it ended before it listened"));
    if (!neverStarted && !stopping) {
      log.error("Azurite ended by itself");
      onDeath.run();
    }
  }
}
