package io.fedflow.testkit.spi;

import io.fedflow.memory.ThreadTimers;
import io.fedflow.spi.Timers;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

class ThreadTimersTest extends TimersContract {

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Timers timers = new ThreadTimers(thread);

  @AfterEach
  void stop() {
    thread.shutdownNow();
  }

  @Override
  protected Timers timers() {
    return timers;
  }

  @Override
  protected long nanos() {
    return System.nanoTime();
  }

  @Override
  protected void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("nothing more happens");
      }
      LockSupport.parkNanos(100_000);
    }
  }

  @Override
  protected boolean close() {
    thread.shutdown();
    return true;
  }
}
