package io.fedflow.components.crypto;

import io.fedflow.failure.FedflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Splits a range of independent items over an executor and waits for all of them.
 *
 * <p>Immutable and thread-safe. The executor stays the caller's: this class never shuts it down. Do
 * not use a pool from one of its own threads, or it may wait for itself.
 */
public final class ComputePool {

  /** More pieces than threads, so that uneven pieces even out. */
  private static final int PIECES_PER_THREAD = 4;

  private static final ComputePool INLINE = new ComputePool(null, 1);

  private final ExecutorService executor;
  private final int parallelism;

  private ComputePool(ExecutorService executor, int parallelism) {
    this.executor = executor;
    this.parallelism = parallelism;
  }

  /** Does all work on the calling thread. */
  public static ComputePool inline() {
    return INLINE;
  }

  /**
   * Work on an executor.
   *
   * @param executor runs the pieces
   * @param parallelism how many pieces run at once, at least 1; with 1 the calling thread works
   * @throws IllegalArgumentException if {@code parallelism < 1}
   */
  public static ComputePool of(ExecutorService executor, int parallelism) {
    if (parallelism < 1) {
      throw new IllegalArgumentException(
          "parallelism is " + parallelism + ", at least 1 is needed");
    }
    return new ComputePool(Objects.requireNonNull(executor, "executor"), parallelism);
  }

  /** How many pieces run at once; at least 1. */
  public int parallelism() {
    return parallelism;
  }

  /** Works on the items {@code from} to {@code to - 1}. */
  @FunctionalInterface
  public interface RangeWork {
    /** Does the work of one range, on any thread of the pool. */
    void run(int from, int to);
  }

  /**
   * Runs {@code work} over disjoint ranges that cover 0 to {@code count - 1} and returns when all
   * are done. The first failure is rethrown as it is.
   *
   * @param count items, at least 0
   * @param minimum items below which a piece is not worth a hand-over, at least 1
   * @throws FedflowException of kind CANCELLED if the calling thread is interrupted; its interrupt
   *     flag stays set
   */
  public void forRanges(int count, int minimum, RangeWork work) {
    int wanted = Math.max(1, Math.min(count / minimum, parallelism * PIECES_PER_THREAD));
    if (parallelism == 1 || wanted == 1) {
      if (count > 0) {
        work.run(0, count);
      }
      return;
    }
    List<Callable<Void>> pieces = new ArrayList<>(wanted);
    for (int piece = 0; piece < wanted; piece++) {
      int from = (int) ((long) count * piece / wanted);
      int to = (int) ((long) count * (piece + 1) / wanted);
      pieces.add(
          () -> {
            work.run(from, to);
            return null;
          });
    }
    await(pieces);
  }

  /**
   * As {@link #forRanges}, with ranges that begin at multiples of {@code lanes}, so that all but
   * the last are whole batches.
   */
  void forLanes(int count, int minimum, int lanes, RangeWork work) {
    int batches = (count + lanes - 1) / lanes;
    forRanges(
        batches,
        Math.max(1, minimum / lanes),
        (from, to) -> work.run(from * lanes, Math.min(count, to * lanes)));
  }

  private void await(List<Callable<Void>> pieces) {
    try {
      for (Future<Void> done : executor.invokeAll(pieces)) {
        done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw FedflowException.cancelled("cryptographic work was interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
