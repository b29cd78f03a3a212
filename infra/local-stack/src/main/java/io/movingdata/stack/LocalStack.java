package io.movingdata.stack;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The launcher. It starts the servers asked for, says on standard output when each is ready, one
 * JSON object a line, and runs until it is told to stop or its parent process is gone.
 */
public final class LocalStack {

  private static final int STOP_SECONDS = 4;

  private LocalStack() {}

  /** Runs the stack; the exit code is 2 for a wrong command line and 1 for a failed start. */
  public static void main(String[] args) throws InterruptedException {
    // Standard output is for the ready lines alone, whatever a library prints.
    PrintStream announcements = System.out;
    System.setOut(System.err);
    if (List.of(args).contains("--help")) {
      announcements.println(CommandLine.usage());
      return;
    }
    try {
      run(StackOptions.parse(args), announcements);
    } catch (UsageException e) {
      fail(2, e.getMessage() + "\n\n" + CommandLine.usage());
    } catch (StartException e) {
      fail(1, e.getMessage());
    }
  }

  private static void run(StackOptions options, PrintStream announcements)
      throws StartException, InterruptedException {
    Logger log = LoggerFactory.getLogger(LocalStack.class);
    ServerGroup group = new ServerGroup(options);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (!group.stop(STOP_SECONDS)) {
                    log.warn(
                        "not everything stopped within {} s; leaving all the same", STOP_SECONDS);
                    Runtime.getRuntime().halt(1);
                  }
                },
                "stack-shutdown"));
    options
        .parentPid()
        .ifPresent(
            pid ->
                ParentWatch.onEnd(
                    pid,
                    () -> {
                      log.info("the parent process {} is gone", pid);
                      System.exit(0);
                    }));
    group.start(announcements);
    new CountDownLatch(1).await();
  }

  private static void fail(int code, String message) {
    System.err.println(message);
    System.exit(code);
  }
}
