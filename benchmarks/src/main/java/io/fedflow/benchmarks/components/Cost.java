package io.fedflow.benchmarks.components;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a piece of work took, over all parties of the process.
 *
 * @param wall seconds
 * @param cores seconds of processor time
 * @param bytes of messages that crossed between parties
 * @param heap the largest use of the heap meanwhile, in bytes
 */
record Cost(double wall, double cores, long bytes, long heap) {

  /** Measures work that counts its messages. */
  static Cost of(LongAdder crossed, Runnable work) {
    System.gc();
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    crossed.reset();
    long processor = processorNanos();
    long start = System.nanoTime();
    work.run();
    return new Cost(
        (System.nanoTime() - start) / 1e9,
        (processorNanos() - processor) / 1e9,
        crossed.sum(),
        peak());
  }

  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** The sum of the pools' peaks, which is no less than the peak of their sum. */
  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  /** This without what other work takes that came along with it; the heap stays. */
  Cost without(Cost other) {
    return new Cost(wall - other.wall, cores - other.cores, bytes - other.bytes, heap);
  }
}
