package io.fedflow.spi;

import java.util.concurrent.RejectedExecutionException;

/**
 * Runs work after a delay: the only source of delays in the engine, so that a simulated world can
 * own its time. Thread-safe; work must not block.
 */
public interface Timers {

  /**
   * Runs work once, not before the delay has passed.
   *
   * @param millis the delay; 0 or less is at once, but never inside this call
   * @throws RejectedExecutionException if the timers were closed
   */
  Timer after(long millis, Runnable work);

  /** Work that is to be done. */
  interface Timer {

    /** Drops the work unless it began; again is without effect. */
    void cancel();
  }
}
