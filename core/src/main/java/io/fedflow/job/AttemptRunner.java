package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Mailboxes;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * What all runners have in common: a thread for each part's whole life, since parts block on each
 * other's messages and fewer threads than parts would deadlock; the fence; one end for each part.
 * Where the component runs is up to the {@link TaskBody}. Thread-safe.
 */
public final class AttemptRunner implements TaskRunner {

  private static final System.Logger LOG = System.getLogger(AttemptRunner.class.getName());

  private record Key(TaskId task, Party party) {

    boolean sameTask(Key other) {
      return task.name().equals(other.task.name())
          && task.jobId().equals(other.task.jobId())
          && party.equals(other.party);
    }
  }

  private final TaskExecution execution;
  private final TaskBody body;
  private final Capabilities capabilities;
  private final Mailboxes mailboxes;
  private final ExecutorService threads;
  private final Map<Key, Attempt> attempts = new HashMap<>();
  private final Set<String> ending = new HashSet<>();
  private boolean closed;

  /**
   * A runner.
   *
   * @param execution what surrounds a body
   * @param body where components run
   * @param capabilities what that body can do
   * @param threads gives every part a thread at once; owned by the caller
   */
  public AttemptRunner(
      TaskExecution execution,
      TaskBody body,
      Capabilities capabilities,
      Mailboxes mailboxes,
      ExecutorService threads) {
    this.execution = execution;
    this.body = body;
    this.capabilities = capabilities;
    this.mailboxes = mailboxes;
    this.threads = threads;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public void start(Work work, Consumer<PartyEvent> ended) {
    Key key = new Key(work.task(), work.party());
    Attempt attempt = new Attempt(work, execution.reporter(work), ended);
    List<Attempt> earlier = new ArrayList<>();
    synchronized (this) {
      if (closed) {
        throw noThread(work, "the site closes", null);
      }
      if (attempts.containsKey(key)) {
        return;
      }
      for (Map.Entry<Key, Attempt> other : attempts.entrySet()) {
        if (other.getKey().sameTask(key)) {
          refuseStale(work, other.getKey().task());
          earlier.add(other.getValue());
        }
      }
      attempts.put(key, attempt);
    }
    earlier.forEach(other -> fence(other, "attempt " + work.task().version() + " began"));
    try {
      threads.execute(() -> run(key, attempt, earlier));
    } catch (RuntimeException | OutOfMemoryError refused) {
      synchronized (this) {
        attempts.remove(key);
      }
      throw noThread(work, refused.getMessage(), refused);
    }
  }

  private static void refuseStale(Work work, TaskId other) {
    if (other.version() > work.task().version()) {
      throw new FedflowException(
          FailureKind.CONFLICT,
          "task.stale",
          work.task()
              + " at "
              + work.party()
              + ": the later attempt "
              + other
              + " is here already");
    }
  }

  private static FedflowException noThread(Work work, String why, Throwable cause) {
    return new FedflowException(
        FailureKind.UNAVAILABLE,
        "task.no_thread",
        work.task() + ": this site has no thread for it: " + why,
        cause);
  }

  private void run(Key key, Attempt attempt, List<Attempt> earlier) {
    PartyEvent end = null;
    try {
      attempt.begin();
      for (Attempt other : earlier) {
        other.awaitQuiet();
      }
      end = execution.run(attempt, body).orElse(null);
    } catch (InterruptedException stopped) {
      end = TaskExecution.stopped(attempt, "stopped");
    } catch (RuntimeException | Error bug) {
      LOG.log(System.Logger.Level.ERROR, () -> key.task() + " at " + key.party(), bug);
      end = TaskExecution.failed(attempt, "this site failed it: " + bug);
    } finally {
      over(key, attempt);
    }
    // A fenced part was told to be over when it was fenced.
    if (end != null && !attempt.fenced()) {
      attempt.tell(end);
    }
  }

  private void over(Key key, Attempt attempt) {
    attempt.over();
    if (!attempt.fenced()) {
      mailboxes.close(key.task(), key.party());
    }
    synchronized (this) {
      attempts.remove(key);
    }
    sweep(key.task().jobId());
  }

  @Override
  public void stop(TaskId task, Party party, String reason) {
    Attempt attempt;
    synchronized (this) {
      attempt = attempts.get(new Key(task, party));
    }
    if (attempt != null) {
      fence(attempt, reason);
    }
  }

  private void fence(Attempt attempt, String reason) {
    if (!attempt.fence(reason, execution.clock().millis())) {
      return;
    }
    TaskId task = attempt.work().task();
    Party party = attempt.work().party();
    mailboxes.fail(
        task, party, new FedflowException(FailureKind.CANCELLED, "task.stopped", reason));
    mailboxes.close(task, party);
    sweep(task.jobId());
    PartyEvent.TaskEnded end = TaskExecution.stopped(attempt, reason);
    try {
      threads.execute(() -> attempt.tell(end));
    } catch (RuntimeException | OutOfMemoryError refused) {
      // The threads are on their way down; the end is still told, by whom there is.
      attempt.tell(end);
    }
  }

  @Override
  public List<Stray> strays() {
    List<Attempt> fenced;
    synchronized (this) {
      fenced = attempts.values().stream().filter(Attempt::fenced).toList();
    }
    return fenced.stream()
        .map(Attempt::stray)
        .sorted(Comparator.comparingLong(Stray::since))
        .toList();
  }

  @Override
  public void expect(String jobId) {
    synchronized (this) {
      ending.remove(jobId);
    }
  }

  @Override
  public void forget(String jobId) {
    synchronized (this) {
      ending.add(jobId);
    }
    sweep(jobId);
  }

  /** Forgets an ended job's messages once its last part is over, which may still be storing. */
  private void sweep(String jobId) {
    synchronized (this) {
      if (!ending.contains(jobId) || attempts.values().stream().anyMatch(a -> reads(a, jobId))) {
        return;
      }
      ending.remove(jobId);
    }
    mailboxes.forget(jobId);
  }

  private static boolean reads(Attempt attempt, String jobId) {
    return attempt.work().task().jobId().equals(jobId) && !attempt.fenced();
  }

  @Override
  public void close() {
    List<Attempt> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(attempts.values());
    }
    all.forEach(attempt -> fence(attempt, "the site closes"));
  }
}
