package io.fedflow.testkit.spi;

import io.fedflow.spi.Signal;
import io.fedflow.spi.Telemetry;
import java.util.Map;

/** Contracts over listeners that break one promise each; run by a test only. */
final class BrokenTelemetry {

  private BrokenTelemetry() {}

  /** A contract over one listener. */
  private abstract static class Over extends TelemetryContract {

    private final CountingTelemetry listener;

    Over(CountingTelemetry listener) {
      this.listener = listener;
    }

    @Override
    protected Telemetry telemetry() {
      return listener;
    }

    @Override
    protected Map<String, Long> seen() {
      return listener.seen();
    }
  }

  static class MissesAKind extends Over {
    MissesAKind() {
      super(
          new CountingTelemetry() {
            @Override
            public void signal(Signal signal) {
              if (!(signal instanceof Signal.CommandRetried)) {
                super.signal(signal);
              }
            }
          });
    }
  }

  static class WantsAModule extends Over {
    WantsAModule() {
      super(
          new CountingTelemetry() {
            @Override
            public void signal(Signal signal) {
              if (signal instanceof Signal.AttemptStarted started) {
                started.module().charAt(0);
              }
              super.signal(signal);
            }
          });
    }
  }

  static class IsOfOneThread extends Over {
    IsOfOneThread() {
      super(
          new CountingTelemetry() {
            private Thread first;

            @Override
            public synchronized void signal(Signal signal) {
              first = first == null ? Thread.currentThread() : first;
              if (first == Thread.currentThread()) {
                super.signal(signal);
              }
            }
          });
    }
  }
}
