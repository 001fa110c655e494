package io.fedflow.spi;

/** Keeps the trouble of an observer from what it observes. */
record SafeTelemetry(Telemetry given) implements Telemetry {

  private static final System.Logger LOG = System.getLogger(Telemetry.class.getName());

  @Override
  public void signal(Signal signal) {
    try {
      given.signal(signal);
    } catch (RuntimeException failed) {
      LOG.log(System.Logger.Level.WARNING, () -> "a signal was lost: " + signal, failed);
    }
  }
}
