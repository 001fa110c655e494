package io.fedflow.testkit.sim;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Work that blocks on stores, in a world of one thread: it has a thread of its own, but either that
 * one runs or the world's, never both. It gives way where it waits for an answer, and goes on in
 * the step that brings it; so others act in between, as they do between two calls of a real thread.
 * When its process dies it ends at its next call.
 */
final class Strand {

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "strand");
            thread.setDaemon(true);
            return thread;
          });
  private static final ThreadLocal<Strand> CURRENT = new ThreadLocal<>();

  private final Life life;
  private final Semaphore mine = new Semaphore(0);
  private final Semaphore others = new Semaphore(0);
  private boolean waits;
  private Throwable thrown;

  private Strand(Life life) {
    this.life = life;
  }

  /** Runs work of a process until it waits for the first time, or ends. */
  static void run(Life life, Runnable work) {
    Strand strand = new Strand(life);
    life.add(strand);
    THREADS.execute(() -> strand.perform(work));
    strand.goOn();
  }

  private void perform(Runnable work) {
    mine.acquireUninterruptibly();
    CURRENT.set(this);
    try {
      work.run();
    } catch (ProcessDied expected) {
      // Nobody is left to hear of it.
    } catch (RuntimeException | Error unexpected) {
      thrown = unexpected;
    } finally {
      CURRENT.remove();
      life.remove(this);
      others.release();
    }
  }

  /** Whether the caller is work that blocks. */
  static boolean isHere() {
    return CURRENT.get() != null;
  }

  /** On a strand, waits for a stage, so that whoever joins it does not; elsewhere does nothing. */
  static <T> CompletionStage<T> settled(CompletionStage<T> stage) {
    Strand strand = CURRENT.get();
    if (strand != null) {
      strand.await(stage.toCompletableFuture());
    }
    return stage;
  }

  private void await(CompletableFuture<?> answer) {
    if (life.alive() && !answer.isDone()) {
      waits = true;
      answer.whenComplete((ok, failed) -> wake());
      others.release();
      mine.acquireUninterruptibly();
    }
    if (!life.alive()) {
      throw new ProcessDied();
    }
  }

  /** Lets the work go on if it waits: its answer is there, or its process died. */
  void wake() {
    if (waits) {
      waits = false;
      goOn();
    }
  }

  private void goOn() {
    mine.release();
    others.acquireUninterruptibly();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw (RuntimeException) thrown;
    }
  }

  /** Takes the place of the death of a thread with its process. */
  private static final class ProcessDied extends RuntimeException {

    private static final long serialVersionUID = 1;

    private ProcessDied() {
      super("the process died", null, false, false);
    }
  }
}
