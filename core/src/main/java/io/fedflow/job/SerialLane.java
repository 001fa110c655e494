package io.fedflow.job;

import io.fedflow.data.Stages;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Runs asynchronous steps one after the other: the next begins when the stage of the one before
 * completed, unless that one took it along. Every step's result completes, also when the lane or
 * its executor is closed. Thread-safe; never blocks.
 */
final class SerialLane {

  private final Executor executor;
  private final Consumer<Throwable> broken;
  private final Runnable idle;
  private final ArrayDeque<Step<?>> waiting = new ArrayDeque<>();
  private final List<Step<Void>> along = new ArrayList<>();
  private boolean busy;
  private Throwable closed;

  SerialLane(Executor executor) {
    this(executor, failure -> {}, () -> {});
  }

  /**
   * A lane without steps.
   *
   * @param broken is told of an {@link Error} in a step, and of an executor that takes no more
   * @param idle called whenever a step ended and no other waits
   */
  SerialLane(Executor executor, Consumer<Throwable> broken, Runnable idle) {
    this.executor = executor;
    this.broken = broken;
    this.idle = idle;
  }

  /** Adds a step; the result completes with the step's own. */
  <T> CompletableFuture<T> run(Supplier<CompletionStage<T>> work) {
    return add(new Step<>(work));
  }

  /** Adds a step about an event, which the step before it may {@link #takeAlong}. */
  CompletableFuture<Void> run(JobInput input, Function<JobInput, CompletionStage<Void>> work) {
    return add(new InputStep(input, () -> work.apply(input)));
  }

  /**
   * Called by the running step: takes the next step along, if it waits and is about an event. That
   * step does not run then; its result is the running step's.
   *
   * @param takes whether the running step sees to an event
   */
  boolean takeAlong(Predicate<JobInput> takes) {
    InputStep next;
    synchronized (this) {
      next = waiting.peek() instanceof InputStep input ? input : null;
    }
    if (next == null || !takes.test(next.input)) {
      return false;
    }
    synchronized (this) {
      // A lane that was closed meanwhile has failed it already.
      if (waiting.peek() == next) {
        along.add((InputStep) waiting.poll());
      }
    }
    return true;
  }

  private <T> CompletableFuture<T> add(Step<T> step) {
    Throwable refused;
    boolean first = false;
    synchronized (this) {
      refused = closed;
      if (refused == null) {
        first = !busy;
        busy = true;
        if (!first) {
          waiting.add(step);
        }
      }
    }
    if (refused != null) {
      step.result.completeExceptionally(refused);
    } else if (first) {
      begin(step);
    }
    return step.result;
  }

  /** Fails every step that did not begin yet, and every later one; again is without effect. */
  void close(Throwable why) {
    ArrayDeque<Step<?>> left;
    synchronized (this) {
      if (closed == null) {
        closed = why;
      }
      left = new ArrayDeque<>(waiting);
      waiting.clear();
    }
    left.forEach(step -> step.result.completeExceptionally(why));
  }

  /**
   * Takes no more steps, if none runs or waits and a condition holds, which no step can change
   * meanwhile.
   *
   * @param why fails later steps
   * @return whether it was closed
   */
  synchronized boolean closeIfIdle(Throwable why, BooleanSupplier condition) {
    boolean closes = !busy && waiting.isEmpty() && condition.getAsBoolean();
    if (closes && closed == null) {
      closed = why;
    }
    return closes;
  }

  private void begin(Step<?> step) {
    try {
      executor.execute(() -> perform(step));
    } catch (RejectedExecutionException ended) {
      close(JobIntake.siteClosed());
      step.result.completeExceptionally(JobIntake.siteClosed());
      broken.accept(ended);
    }
  }

  private <T> void perform(Step<T> step) {
    Stages.start(step.work)
        .whenComplete(
            (value, failed) -> {
              if (failed != null && Stages.unwrap(failed) instanceof Error error) {
                broken.accept(error);
              }
              List<Step<Void>> taken = takenAlong();
              // The lane moves on before the results are seen, so that a listener cannot hold it.
              next();
              step.end(value, failed);
              taken.forEach(other -> other.end(null, failed));
            });
  }

  private synchronized List<Step<Void>> takenAlong() {
    List<Step<Void>> taken = List.copyOf(along);
    along.clear();
    return taken;
  }

  private void next() {
    Step<?> step;
    synchronized (this) {
      step = waiting.poll();
      busy = step != null;
    }
    if (step != null) {
      begin(step);
    } else {
      idle.run();
    }
  }

  private static class Step<T> {

    private final Supplier<CompletionStage<T>> work;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    private Step(Supplier<CompletionStage<T>> work) {
      this.work = work;
    }

    private void end(T value, Throwable failed) {
      if (failed == null) {
        result.complete(value);
      } else {
        result.completeExceptionally(Stages.unwrap(failed));
      }
    }
  }

  private static final class InputStep extends Step<Void> {

    private final JobInput input;

    private InputStep(JobInput input, Supplier<CompletionStage<Void>> work) {
      super(work);
      this.input = input;
    }
  }
}
