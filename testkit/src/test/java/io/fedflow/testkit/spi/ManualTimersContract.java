package io.fedflow.testkit.spi;

import io.fedflow.testkit.sim.ManualTime;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** The contract of timers whose time a test moves. */
public abstract class ManualTimersContract extends TimersContract {

  private final ManualTime time = new ManualTime(Instant.EPOCH, 7);

  /** The time that moves when somebody waits. */
  protected final ManualTime time() {
    return time;
  }

  @Override
  protected long nanos() {
    return time.millis() * 1_000_000;
  }

  @Override
  protected void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (!time.step()) {
        throw new AssertionError("nothing more happens");
      }
    }
  }

  @Override
  protected boolean close() {
    return false;
  }
}
