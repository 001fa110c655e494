package io.fedflow.components.task;

import io.fedflow.component.TaskContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Spreads work over a task's compute threads, with results that do not depend on their number. */
public final class Parallel {

  private Parallel() {}

  /**
   * Does the work for every index in {@code [0, count)}.
   *
   * @param work called once per index, on any compute thread; must not wait for messages
   * @return the results in index order
   * @throws InterruptedException if the task was stopped meanwhile
   * @throws RuntimeException what {@code work} threw at the smallest index that failed
   */
  public static <T> List<T> map(TaskContext context, int count, IndexWork<T> work)
      throws InterruptedException {
    int pieces = Math.min(count, context.parallelism());
    List<Callable<Outcome<T>>> tasks = new ArrayList<>(pieces);
    for (int piece = 0; piece < pieces; piece++) {
      int from = (int) ((long) count * piece / pieces);
      int to = (int) ((long) count * (piece + 1) / pieces);
      tasks.add(() -> run(from, to, work));
    }
    List<T> results = new ArrayList<>(count);
    for (Future<Outcome<T>> future : context.compute().invokeAll(tasks)) {
      Outcome<T> outcome = done(future);
      // Pieces are visited in order, so the failure reported is the first one whatever the threads.
      if (outcome.failure() != null) {
        throw outcome.failure();
      }
      results.addAll(outcome.results());
    }
    return results;
  }

  private static <T> Outcome<T> run(int from, int to, IndexWork<T> work) {
    List<T> results = new ArrayList<>(to - from);
    try {
      for (int index = from; index < to; index++) {
        results.add(work.at(index));
      }
      return new Outcome<>(results, null);
    } catch (RuntimeException failed) {
      return new Outcome<>(results, failed);
    }
  }

  private static <T> Outcome<T> done(Future<Outcome<T>> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }

  /** Work for one index. */
  @FunctionalInterface
  public interface IndexWork<T> {
    /** Does the work. */
    T at(int index);
  }

  private record Outcome<T>(List<T> results, RuntimeException failure) {}
}
