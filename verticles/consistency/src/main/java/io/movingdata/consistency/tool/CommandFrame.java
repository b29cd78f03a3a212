package io.movingdata.consistency.tool;

import io.movingdata.core.config.ConfigException;
import io.movingdata.core.error.MovingDataException;
import java.io.PrintStream;

/** What every command does alike: how it ends where it cannot do what it was asked for. */
public final class CommandFrame {
  /** All is well. */
  public static final int OK = 0;

  /** Something is wrong with what was looked at. */
  public static final int WRONG = 1;

  /** Wrong use, or something could not be looked at: nothing is proved either way. */
  public static final int UNKNOWN = 2;

  private CommandFrame() {}

  /** The work of a command; answers with its exit code. */
  @FunctionalInterface
  public interface Work {
    int run() throws InterruptedException;
  }

  /** Runs it; what keeps it from its work is said on {@code err}, and ends it with 2. */
  public static int run(String command, String usage, PrintStream err, Work work) {
    try {
      return work.run();
    } catch (WrongUseException e) {
      err.println(command + ": " + e.getMessage());
      err.println(usage);
    } catch (ConfigException e) {
      err.println(e.getMessage());
    } catch (NotEmptyException e) {
      err.println(command + ": " + e.getMessage());
    } catch (UnreachableException e) {
      err.println(command + ": " + e.getMessage());
      err.println(command + ": this proves nothing either way");
    } catch (MovingDataException e) {
      err.println(command + ": " + e.code() + ": " + e.getMessage());
      err.println(command + ": this proves nothing either way");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      err.println(command + ": interrupted");
    }
    return UNKNOWN;
  }
}
