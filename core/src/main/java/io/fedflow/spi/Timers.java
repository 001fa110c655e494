package io.fedflow.spi;

import java.util.concurrent.RejectedExecutionException;

/**
 * Runs work after a delay: the only source of delays in the engine, so that a simulated world can
 * own its time. Work must not block.
 *
 * <p>Promises: W1 work runs once; W2 not before its delay has passed; W3 never inside the call that
 * hands it over; W4 what is cancelled before it began does not run, and cancelling changes nothing
 * else; W5 closed timers refuse work. Thread-safe, but for those of a simulated world.
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
