package io.movingdata.core.crash;

/** What a crash test puts on a node's class path, as a {@link java.util.ServiceLoader} service. */
public interface CrashProbe {
  /** The calling thread is at the point; it goes on when this returns. */
  void reached(CrashPoint point);
}
