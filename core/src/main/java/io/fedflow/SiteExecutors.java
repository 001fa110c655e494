package io.fedflow;

import io.fedflow.memory.ThreadTimers;
import io.fedflow.spi.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a site runs on.
 *
 * @param turns runs turns; never blocked
 * @param tasks gives every part of a task a thread at once
 * @param compute runs partition work
 * @param timers runs delays
 * @param owned what the site shuts down at its end; what the host gave is not among them
 */
record SiteExecutors(
    Executor turns,
    ExecutorService tasks,
    ExecutorService compute,
    Timers timers,
    List<ExecutorService> owned) {

  /** Uses what was given and makes the rest. */
  static SiteExecutors of(
      Executor turns, ExecutorService tasks, ExecutorService compute, Timers timers, int width) {
    List<ExecutorService> owned = new ArrayList<>();
    ExecutorService ownTasks =
        tasks == null ? own(owned, Executors.newCachedThreadPool(threads("fedflow-task"))) : null;
    ExecutorService ownCompute =
        compute == null
            ? own(owned, Executors.newFixedThreadPool(width, threads("fedflow-compute")))
            : null;
    Timers ownTimers = timers == null ? new ThreadTimers(own(owned, timer())) : null;
    ExecutorService ownTurns =
        turns == null ? own(owned, Executors.newFixedThreadPool(2, threads("fedflow-turn"))) : null;
    return new SiteExecutors(
        turns == null ? ownTurns : turns,
        tasks == null ? ownTasks : tasks,
        compute == null ? ownCompute : compute,
        timers == null ? ownTimers : timers,
        List.copyOf(owned));
  }

  /**
   * Refuses a pool with fewer threads than there are slots. A pool behind a wrapper is not seen.
   *
   * @param tasks null for the site's own
   */
  static void requireWidth(ExecutorService tasks, int slots) {
    int width = width(tasks);
    if (width < slots) {
      throw new IllegalArgumentException(
          "taskExecutor: found a pool of at most "
              + width
              + " threads, allowed at least "
              + slots
              + ", the slots of the site: parts of a task wait for each other, so one that waits"
              + " for a thread can block all; give an executor that starts a thread for every"
              + " part, a larger pool, or the site fewer slots");
    }
  }

  private static int width(ExecutorService tasks) {
    if (tasks instanceof ForkJoinPool pool) {
      return pool.getParallelism();
    }
    if (!(tasks instanceof ThreadPoolExecutor pool)) {
      return Integer.MAX_VALUE;
    }
    // A pool goes beyond its core only when its queue takes no more: what queues waits.
    boolean queues = pool.getQueue().remainingCapacity() > 0;
    return queues ? pool.getCorePoolSize() : pool.getMaximumPoolSize();
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, threads("fedflow-timer"));
    // Job timeouts lie days ahead: they must not keep a closing site alive.
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private static <E extends ExecutorService> E own(List<ExecutorService> owned, E executor) {
    owned.add(executor);
    return executor;
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + '-' + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
