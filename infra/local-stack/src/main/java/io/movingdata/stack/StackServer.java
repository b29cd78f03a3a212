package io.movingdata.stack;

/** One server of the local stack, with a data folder of its own. */
public interface StackServer {

  /** The name on the command line and in the ready line, for example {@code s3}. */
  String name();

  /**
   * Starts the server and returns once it has answered a real request.
   *
   * @throws Exception if it cannot start; nothing of it is left running then
   */
  void start() throws Exception;

  /** Where clients reach it, for example {@code http://127.0.0.1:9000}; valid after the start. */
  String endpoint();

  /** The port it listens on, also when any free port was asked for; valid after the start. */
  int port();

  /** Stops the server and closes its files; does nothing if it does not run. */
  void stop();
}
