package io.fedflow.benchmarks.wire;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What some threads reached together, each of which waits for one answer before it sends the next.
 *
 * @param seconds from the first that was sent to the last answer
 * @param cpuSeconds processor time of the whole process, both ends included
 * @param sorted how long each took, in nanoseconds
 */
record Round(double seconds, double cpuSeconds, long[] sorted) {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** One that is sent. */
  interface Sending {
    /**
     * Sends and waits.
     *
     * @param thread from 0
     * @param number from 0, never the same twice in a round
     */
    void send(int thread, int number) throws Exception;
  }

  /** Sends so many, divided among threads. */
  static Round of(ExecutorService pool, int threads, int count, Sending sending)
      throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    long[] nanos = new long[count];
    long cpu = SYSTEM.getProcessCpuTime();
    long begun = System.nanoTime();
    List<Future<?>> ends = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int thread = i;
      ends.add(
          pool.submit(
              () -> {
                for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                  long sent = System.nanoTime();
                  sending.send(thread, n);
                  nanos[n] = System.nanoTime() - sent;
                }
                return null;
              }));
    }
    for (Future<?> end : ends) {
      try {
        end.get();
      } catch (ExecutionException failed) {
        throw new IllegalStateException("a sender failed", failed.getCause());
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
    Arrays.sort(nanos);
    return new Round(seconds, cpuSeconds, nanos);
  }

  /** How many a second. */
  double rate() {
    return sorted.length / seconds;
  }

  /** A quantile in microseconds. */
  double micros(double share) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))] / 1e3;
  }
}
