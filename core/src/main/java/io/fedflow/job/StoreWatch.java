package io.fedflow.job;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What waits for the store of a site to come back: turns, and what tasks store. Thread-safe. */
final class StoreWatch {

  /** A busy store may fail for a moment, which is no reason to send anybody away. */
  static final long GRACE_MILLIS = 2_000;

  private final InstantSource clock;
  private final Map<Object, StoreOutage> waiting = new HashMap<>();

  StoreWatch(InstantSource clock) {
    this.clock = clock;
  }

  /** A turn failed once more and is tried again. */
  synchronized void waits(Object turn, StoreOutage how) {
    waiting.put(turn, how);
  }

  /** A turn is stored or given up. */
  synchronized void over(Object turn) {
    waiting.remove(turn);
  }

  /** The outage, once a turn waits for longer than a moment; empty if none does. */
  synchronized Optional<StoreOutage> outage() {
    Optional<StoreOutage> longest =
        waiting.values().stream().min(Comparator.comparingLong(StoreOutage::since));
    if (longest.isEmpty() || clock.millis() - longest.get().since() < GRACE_MILLIS) {
      return Optional.empty();
    }
    long next = waiting.values().stream().mapToLong(StoreOutage::nextTry).min().getAsLong();
    return Optional.of(new StoreOutage(longest.get().since(), next, longest.get().reason()));
  }
}
