package io.fedflow.fakes;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer that does everything at once and notes for how long it was asked to wait. */
public final class HastyTimer extends ScheduledThreadPoolExecutor {

  private final List<Long> asked = new CopyOnWriteArrayList<>();

  /** A timer with one daemon thread. */
  public HastyTimer() {
    super(
        1,
        work -> {
          Thread thread = new Thread(work, "hasty");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** The pauses in milliseconds that were asked for. */
  public List<Long> asked() {
    return List.copyOf(asked);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
    asked.add(unit.toMillis(delay));
    return super.schedule(work, 0, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
    asked.add(unit.toMillis(delay));
    return super.schedule(work, 0, unit);
  }
}
