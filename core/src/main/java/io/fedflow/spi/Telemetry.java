package io.fedflow.spi;

import java.util.List;

/**
 * Where a site tells what it does: metrics and traces are made from it. Called on the engine's own
 * threads, so it must neither block nor take long; what it throws is logged and otherwise without
 * effect.
 *
 * <p>Promises of who listens: O1 takes note of every kind of signal; O2 whatever is empty or zero
 * in it; O3 from many threads at once, without losing one.
 */
@FunctionalInterface
public interface Telemetry {

  /** Tells nobody. */
  Telemetry NONE = signal -> {};

  /** Takes note of something that happened. */
  void signal(Signal signal);

  /** Tells several, in order; trouble of one is not trouble of another. */
  static Telemetry all(List<Telemetry> several) {
    List<Telemetry> safe = several.stream().map(Telemetry::safe).toList();
    return signal -> safe.forEach(each -> each.signal(signal));
  }

  /** The same, but never throws. */
  static Telemetry safe(Telemetry given) {
    return given == NONE || given instanceof SafeTelemetry ? given : new SafeTelemetry(given);
  }
}
