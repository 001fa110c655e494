package io.fedflow.spi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps the trouble of an observer from what it observes, errors included: a library that is
 * missing must not end a turn. Only the first trouble is logged as a warning: every signal may meet
 * it again. Thread-safe.
 */
final class SafeTelemetry implements Telemetry {

  private static final Logger LOG = System.getLogger(Telemetry.class.getName());

  private final Telemetry given;
  private final AtomicBoolean warned = new AtomicBoolean();

  SafeTelemetry(Telemetry given) {
    this.given = given;
  }

  @Override
  public void signal(Signal signal) {
    try {
      given.signal(signal);
    } catch (RuntimeException | Error failed) {
      Level level = warned.compareAndSet(false, true) ? Level.WARNING : Level.DEBUG;
      LOG.log(level, () -> "telemetry failed, a signal was lost: " + signal, failed);
    }
  }
}
