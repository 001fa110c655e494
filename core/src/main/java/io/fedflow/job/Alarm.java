package io.fedflow.job;

import io.fedflow.spi.Timers;
import java.util.concurrent.RejectedExecutionException;

/** One timer that is set anew at will, until it is closed. Thread-safe. */
final class Alarm {

  private static final System.Logger LOG = System.getLogger(Alarm.class.getName());
  private static final Timers.Timer NONE = () -> {};

  private final Timers timers;
  private Timers.Timer pending = NONE;
  private boolean closed;

  Alarm(Timers timers) {
    this.timers = timers;
  }

  /** Forgets what was set and does work after a delay; nothing after {@link #close}. */
  synchronized void set(long millis, Runnable work) {
    clear();
    if (!closed) {
      try {
        pending = timers.after(millis, work);
      } catch (RejectedExecutionException ended) {
        LOG.log(System.Logger.Level.DEBUG, "the site closes, an alarm is dropped");
      }
    }
  }

  /** Forgets what was set. */
  synchronized void clear() {
    pending.cancel();
    pending = NONE;
  }

  /** Forgets what was set and takes nothing any more; again is without effect. */
  synchronized void close() {
    closed = true;
    clear();
  }
}
