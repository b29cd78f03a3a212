package io.movingdata.core.launch;

import io.movingdata.core.config.NodeConfig;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node as the only content of this JVM: stops in order when the process is told to end. */
final class NodeProcess {
  private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
  private static final long STOP_S = 28;

  private final AtomicReference<Node> running = new AtomicReference<>();
  private final CountDownLatch settled = new CountDownLatch(1);

  /**
   * Starts the node and says so on {@code out}.
   *
   * @return 1 when it does not start; otherwise does not return before the process ends
   */
  int run(NodeConfig config, List<NodeRole> roles, PrintStream out) throws InterruptedException {
    Thread hook = new Thread(this::stopAndExit, "movingdata-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    Node.start(config, roles)
        .onComplete(
            node -> {
              running.set(node);
              settled.countDown();
            },
            failure -> {
              LOG.error("the node does not start: {}", failure.toString(), failure);
              settled.countDown();
            });
    settled.await();
    Node node = running.get();
    if (node == null) {
      return withdraw(hook) ? 1 : park();
    }
    String ready = "ready " + node.api().map(Object::toString).orElse("(no API on this node)");
    LOG.info(ready);
    out.println(ready);
    return park();
  }

  /** False when the process is already ending, which is then its own reason. */
  private static boolean withdraw(Thread hook) {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static int park() throws InterruptedException {
    new CountDownLatch(1).await();
    return 0;
  }

  /** A process that was told to stop and did is no failure, so it ends with 0 and not by signal. */
  private void stopAndExit() {
    try {
      boolean started = settled.await(STOP_S, TimeUnit.SECONDS);
      Node node = running.get();
      if (started && node != null) {
        LOG.info("stopping");
        CountDownLatch stopped = new CountDownLatch(1);
        node.stop().onComplete(done -> stopped.countDown());
        boolean inTime = stopped.await(STOP_S, TimeUnit.SECONDS);
        LOG.info(inTime ? "stopped" : "stopped after waiting too long");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }
}
