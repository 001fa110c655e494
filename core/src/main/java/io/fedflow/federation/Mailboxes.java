package io.fedflow.federation;

import io.fedflow.component.TaskId;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The incoming messages of all tasks at one site. A message may arrive before its receiver's task
 * starts; it waits. A message that arrives twice is taken once. Thread-safe.
 */
public final class Mailboxes implements FederationLink {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Owner, Box> boxes = new HashMap<>();
  private volatile Predicate<String> accepted = jobId -> true;

  /** Empty mailboxes. */
  public Mailboxes() {}

  /**
   * From now on ignores messages of jobs that do not take any: peers may still send after a job's
   * end, and nothing would ever take it. Asked for every message, so that nobody has to remember
   * the jobs that ended.
   *
   * @param takes tells of a job's id; must say no before the job is {@linkplain #forget forgotten};
   *     must not block
   */
  public void acceptOnly(Predicate<String> takes) {
    accepted = takes;
  }

  private record Owner(TaskId task, Party party) {}

  private static final class Box {
    private final Map<Envelope.Key, Payload> waiting = new HashMap<>();
    private final Set<Envelope.Key> seen = new HashSet<>();
    private final Condition changed;
    private FedflowException failure;
    private boolean closed;

    private Box(Condition changed) {
      this.changed = changed;
    }
  }

  @Override
  public void deliver(Envelope envelope) {
    lock.lock();
    try {
      // Under the lock: a job that ends now is forgotten after what was let in before.
      if (!accepted.test(envelope.task().jobId())) {
        return;
      }
      Box box = box(new Owner(envelope.task(), envelope.to()));
      if (!box.closed && box.seen.add(envelope.key())) {
        box.waiting.put(envelope.key(), envelope.payload());
        box.changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a message, waiting for it if need be.
   *
   * @param timeoutNanos how long to wait; at least 0
   * @throws FedflowException the reason given to {@link #fail}, or {@code federation.timeout} of
   *     kind PEER
   * @throws InterruptedException if the waiting thread was interrupted
   */
  public Payload take(Envelope.Key key, long timeoutNanos) throws InterruptedException {
    long left = timeoutNanos;
    lock.lockInterruptibly();
    try {
      Box box = box(new Owner(key.task(), key.to()));
      while (true) {
        Payload payload = box.waiting.remove(key);
        if (payload != null) {
          return payload;
        }
        if (box.failure != null) {
          throw box.failure;
        }
        if (left <= 0) {
          throw FedflowException.peer(
              "federation.timeout",
              "no message "
                  + key.tag()
                  + " from "
                  + key.from()
                  + " within "
                  + TimeUnit.NANOSECONDS.toSeconds(timeoutNanos)
                  + " s; is that party's task running?");
        }
        left = box.changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends every present and future wait of one party's task with a reason, for example a peer's
   * failure.
   */
  public void fail(TaskId task, Party party, FedflowException reason) {
    lock.lock();
    try {
      Box box = box(new Owner(task, party));
      if (box.failure == null) {
        box.failure = reason;
        box.changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Drops everything of one party's task and ends its waits; later arrivals are ignored.
   *
   * @see #forget
   */
  public void close(TaskId task, Party party) {
    lock.lock();
    try {
      Box box = box(new Owner(task, party));
      box.closed = true;
      box.waiting.clear();
      box.seen.clear();
      over(box, task);
    } finally {
      lock.unlock();
    }
  }

  /** Drops everything of a whole job, closed boxes included, and ends its waits. */
  public void forget(String jobId) {
    lock.lock();
    try {
      boxes.forEach(
          (owner, box) -> {
            if (owner.task().jobId().equals(jobId)) {
              over(box, owner.task());
            }
          });
      boxes.keySet().removeIf(owner -> owner.task().jobId().equals(jobId));
    } finally {
      lock.unlock();
    }
  }

  private static void over(Box box, TaskId task) {
    if (box.failure == null) {
      box.failure = FedflowException.cancelled("task " + task + " is over");
    }
    box.changed.signalAll();
  }

  /** How many messages wait; 0 when every task is over. */
  public int pending() {
    lock.lock();
    try {
      return boxes.values().stream().mapToInt(box -> box.waiting.size()).sum();
    } finally {
      lock.unlock();
    }
  }

  private Box box(Owner owner) {
    return boxes.computeIfAbsent(owner, o -> new Box(lock.newCondition()));
  }
}
