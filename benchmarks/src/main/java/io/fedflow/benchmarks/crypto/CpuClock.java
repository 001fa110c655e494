package io.fedflow.benchmarks.crypto;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Measures the processor time of the calling thread, so that busy neighbours matter little. */
final class CpuClock {

  private static final int RUNS = 5;

  private CpuClock() {}

  /** Nanoseconds of processor time that the calling thread has used. */
  static long nanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /**
   * Operations a second of processor time: the median of some runs, after as many to warm up.
   *
   * @param operations done by one run of {@code work}
   */
  static double rate(int operations, Runnable work) {
    double[] rates = new double[RUNS];
    for (int run = -RUNS; run < RUNS; run++) {
      long start = nanos();
      work.run();
      double seconds = (nanos() - start) / 1e9;
      if (run >= 0) {
        rates[run] = operations / seconds;
      }
    }
    Arrays.sort(rates);
    return rates[RUNS / 2];
  }
}
