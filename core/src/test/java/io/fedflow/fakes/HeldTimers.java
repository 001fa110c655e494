package io.fedflow.fakes;

import io.fedflow.spi.Timers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Timers that do nothing by themselves: a test lets them. Thread-safe. */
public final class HeldTimers implements Timers {

  private final List<Held> held = new CopyOnWriteArrayList<>();

  private record Held(long millis, Runnable work) {}

  @Override
  public Timer after(long millis, Runnable work) {
    Held entry = new Held(millis, work);
    held.add(entry);
    return () -> held.removeIf(other -> other == entry);
  }

  /** Whether something is to be done after at most so many milliseconds. */
  public boolean due(long atMost) {
    return held.stream().anyMatch(entry -> entry.millis <= atMost);
  }

  /** Does, on the caller's thread, all that is due after at most so many milliseconds. */
  public void fire(long atMost) {
    for (Held entry : held) {
      if (entry.millis <= atMost && held.removeIf(other -> other == entry)) {
        entry.work.run();
      }
    }
  }
}
