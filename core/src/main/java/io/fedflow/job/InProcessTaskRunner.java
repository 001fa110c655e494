package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Mailboxes;
import io.fedflow.party.Party;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * Runs tasks on threads of this process, one thread per part for its whole life: parts block on
 * each other's messages, so fewer threads than parts would deadlock. Stopping interrupts; there is
 * no crash or memory isolation. Thread-safe.
 */
public final class InProcessTaskRunner implements TaskRunner {

  private record Key(TaskId task, Party party) {}

  private final TaskExecution execution;
  private final Mailboxes mailboxes;
  private final ExecutorService threads;
  private final Map<Key, Running> running = new ConcurrentHashMap<>();
  private final Set<String> ending = ConcurrentHashMap.newKeySet();

  /**
   * A runner.
   *
   * @param execution what one part does
   * @param threads gives every part a thread at once; owned by the caller
   */
  public InProcessTaskRunner(
      TaskExecution execution, Mailboxes mailboxes, ExecutorService threads) {
    this.execution = execution;
    this.mailboxes = mailboxes;
    this.threads = threads;
  }

  @Override
  public void start(Work work, Consumer<PartyEvent.TaskEnded> ended) {
    Key key = new Key(work.task(), work.party());
    Running part = new Running();
    if (running.putIfAbsent(key, part) != null) {
      return;
    }
    try {
      threads.execute(() -> run(work, key, part, ended));
    } catch (RuntimeException | OutOfMemoryError refused) {
      running.remove(key);
      throw new FedflowException(
          FailureKind.UNAVAILABLE,
          "task.no_thread",
          work.task() + ": this site has no thread for it: " + refused.getMessage(),
          refused);
    }
  }

  private void run(Work work, Key key, Running part, Consumer<PartyEvent.TaskEnded> ended) {
    PartyEvent.TaskEnded outcome;
    try {
      part.begin();
      outcome = execution.run(work);
    } finally {
      part.end();
      mailboxes.close(work.task(), work.party());
      running.remove(key);
      sweep(work.task().jobId());
    }
    ended.accept(outcome);
  }

  @Override
  public void stop(TaskId task, Party party, String reason) {
    Running part = running.get(new Key(task, party));
    if (part != null) {
      mailboxes.fail(
          task, party, new FedflowException(FailureKind.CANCELLED, "task.stopped", reason));
      part.interrupt();
    }
  }

  @Override
  public void forget(String jobId) {
    ending.add(jobId);
    sweep(jobId);
  }

  /** Forgets an ended job's messages once its last part is over, which may still be stopping. */
  private void sweep(String jobId) {
    if (ending.contains(jobId)
        && running.keySet().stream().noneMatch(key -> key.task().jobId().equals(jobId))
        && ending.remove(jobId)) {
      mailboxes.forget(jobId);
    }
  }

  @Override
  public void close() {
    running.forEach((key, part) -> stop(key.task(), key.party(), "the site closes"));
  }

  /** A part's hold on its thread: never interrupts a thread that has gone on to other work. */
  private static final class Running {

    private Thread thread;
    private boolean interrupted;

    synchronized void begin() {
      thread = Thread.currentThread();
      if (interrupted) {
        thread.interrupt();
      }
    }

    synchronized void interrupt() {
      interrupted = true;
      if (thread != null) {
        thread.interrupt();
      }
    }

    synchronized void end() {
      thread = null;
      Thread.interrupted();
    }
  }
}
