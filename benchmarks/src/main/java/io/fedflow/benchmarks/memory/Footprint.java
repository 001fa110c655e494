package io.fedflow.benchmarks.memory;

import java.io.File;
import java.lang.management.ManagementFactory;

/**
 * What a process holds.
 *
 * @param jobs how many ended before
 * @param heap bytes of the heap in use after collections
 * @param threads live threads
 * @param handles open files; 0 where the system does not tell
 * @param processes child processes
 */
record Footprint(int jobs, long heap, int threads, int handles, long processes) {

  /** How much more heap than before is no growth. */
  private static final double TOLERANCE = 0.05;

  /** Pools open what they reuse when it is first needed at once, which may be late. */
  private static final int POOLED_THREADS = 32;

  private static final int POOLED_HANDLES = 8;

  private static final int COLLECTIONS = 5;

  /** This process, when nothing runs in it. */
  static Footprint now(int jobs) {
    // References that clear in one collection free what hangs on them in the next.
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    String[] open = new File("/proc/self/fd").list();
    return new Footprint(
        jobs,
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        open == null ? 0 : open.length,
        ProcessHandle.current().children().count());
  }

  /** What grew since, in words; empty if nothing did. */
  String growthSince(Footprint before) {
    StringBuilder grown = new StringBuilder();
    if (heap > before.heap * (1 + TOLERANCE)) {
      grown.append(" heap");
    }
    if (threads > before.threads + POOLED_THREADS) {
      grown.append(" threads");
    }
    if (handles > before.handles + POOLED_HANDLES) {
      grown.append(" handles");
    }
    if (processes > before.processes) {
      grown.append(" processes");
    }
    return grown.toString().strip();
  }
}
