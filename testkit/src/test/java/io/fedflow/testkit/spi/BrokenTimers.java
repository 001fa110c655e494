package io.fedflow.testkit.spi;

import io.fedflow.spi.Timers;

/** Contracts over timers that break one promise each; run by a test only. */
final class BrokenTimers {

  private BrokenTimers() {}

  static class RunsTwice extends ManualTimersContract {
    @Override
    protected Timers timers() {
      return (millis, work) -> {
        time().after(millis, work);
        return time().after(millis, work);
      };
    }
  }

  static class RunsTooEarly extends ManualTimersContract {
    @Override
    protected Timers timers() {
      return (millis, work) -> time().after(millis / 2, work);
    }
  }

  static class RunsInside extends ManualTimersContract {
    @Override
    protected Timers timers() {
      return (millis, work) -> {
        if (millis > 0) {
          return time().after(millis, work);
        }
        work.run();
        return () -> {};
      };
    }
  }

  static class CannotCancel extends ManualTimersContract {
    @Override
    protected Timers timers() {
      return (millis, work) -> {
        time().after(millis, work);
        return () -> {};
      };
    }
  }

  static class WorksClosed extends ManualTimersContract {
    @Override
    protected Timers timers() {
      return time();
    }

    @Override
    protected boolean close() {
      return true;
    }
  }
}
