package io.fedflow.fakes;

import io.fedflow.spi.Timers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock that stands still until a test moves it, and timers that follow it. One thread. */
public final class ManualTime implements InstantSource, Timers {

  private final List<Due> due = new ArrayList<>();
  private long now = 1_000;

  private record Due(long at, Runnable work) {}

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(now);
  }

  @Override
  public Timer after(long millis, Runnable work) {
    Due entry = new Due(now + Math.max(0, millis), work);
    due.add(entry);
    return () -> due.remove(entry);
  }

  /** When the next timer is due, from now on; -1 if there is none. */
  public long pause() {
    return due.stream().mapToLong(Due::at).min().orElse(now - 1) - now;
  }

  /** Moves on, and does what is due on the way. */
  public void pass(long millis) {
    long end = now + millis;
    while (true) {
      Due next = due.stream().min(Comparator.comparingLong(Due::at)).orElse(null);
      if (next == null || next.at > end) {
        now = end;
        return;
      }
      due.remove(next);
      now = Math.max(now, next.at);
      next.work.run();
    }
  }
}
