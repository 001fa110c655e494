package io.fedflow.benchmarks.memory;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * The most that was left on the heap after a collection: no less than what was in use, and the
 * nearer to it the smaller the heap is. Thread-safe.
 */
final class HeapAtCollections implements AutoCloseable {

  private final AtomicLong most = new AtomicLong();
  private final Set<String> pools =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toSet());
  private final NotificationListener listener =
      (notification, handback) -> {
        if (notification.getUserData() instanceof CompositeData data) {
          long used =
              GarbageCollectionNotificationInfo.from(data)
                  .getGcInfo()
                  .getMemoryUsageAfterGc()
                  .entrySet()
                  .stream()
                  .filter(pool -> pools.contains(pool.getKey()))
                  .mapToLong(pool -> pool.getValue().getUsed())
                  .sum();
          most.accumulateAndGet(used, Math::max);
        }
      };

  /** Listens from now on. */
  HeapAtCollections() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector).addNotificationListener(listener, null, null);
    }
  }

  /** Collects, and forgets what was before. */
  void reset() {
    System.gc();
    most.set(0);
  }

  /** In bytes, since the last reset; collects once more, so that there is something to tell. */
  long most() {
    System.gc();
    long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return Math.max(most.get(), used);
  }

  @Override
  public void close() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      try {
        ((NotificationEmitter) collector).removeNotificationListener(listener);
      } catch (ListenerNotFoundException gone) {
        throw new IllegalStateException(gone);
      }
    }
  }
}
