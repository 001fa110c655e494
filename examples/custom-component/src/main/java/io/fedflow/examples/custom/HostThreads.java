package io.fedflow.examples.custom;

import io.fedflow.FedflowBuilder;
import io.fedflow.memory.ThreadTimers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The threads of a host application, on which a site runs without making any of its own.
 *
 * @param turns runs turns
 * @param tasks gives every part of a task a thread, a virtual one where Java has them
 * @param compute runs partition work
 * @param timer runs delays
 * @param writer writes the audit; one thread
 */
public record HostThreads(
    ExecutorService turns,
    ExecutorService tasks,
    ExecutorService compute,
    ScheduledExecutorService timer,
    ExecutorService writer)
    implements AutoCloseable {

  /** Fresh threads. */
  public static HostThreads create() {
    return new HostThreads(
        Executors.newSingleThreadExecutor(),
        threadForEach(),
        Executors.newFixedThreadPool(2),
        Executors.newSingleThreadScheduledExecutor(),
        Executors.newSingleThreadExecutor());
  }

  /** By reflection: this example is built for Java 17, and virtual threads come with 21. */
  private static ExecutorService threadForEach() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException olderJava) {
      return Executors.newCachedThreadPool();
    }
  }

  /** Lets a site use them. */
  public FedflowBuilder lend(FedflowBuilder site) {
    return site.turnExecutor(turns)
        .taskExecutor(tasks)
        .computeExecutor(compute)
        .timers(new ThreadTimers(timer));
  }

  /** All of them. */
  public List<ExecutorService> all() {
    return List.of(turns, tasks, compute, timer, writer);
  }

  /** Ends them; after the site that uses them. */
  @Override
  public void close() {
    all().forEach(ExecutorService::shutdownNow);
  }
}
