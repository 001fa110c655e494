package io.fedflow.memory;

import io.fedflow.spi.Timers;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Timers over a scheduled executor.
 *
 * @param executor keeps time and runs the work; owned by the caller
 */
public record ThreadTimers(ScheduledExecutorService executor) implements Timers {

  @Override
  public Timer after(long millis, Runnable work) {
    Future<?> pending = executor.schedule(work, millis, TimeUnit.MILLISECONDS);
    return () -> pending.cancel(false);
  }
}
