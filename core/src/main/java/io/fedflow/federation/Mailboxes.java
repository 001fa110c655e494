package io.fedflow.federation;

import io.fedflow.component.TaskId;
import io.fedflow.failure.FailureKind;
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
import java.util.function.Supplier;

/**
 * The incoming messages of all tasks at one site. A message may arrive before its receiver's task
 * starts; it waits. A message that arrives twice is taken once. Thread-safe.
 */
public final class Mailboxes implements FederationLink {

  /** How long the pieces of a message are kept while nothing more comes. */
  public static final long KEPT_SECONDS = 600;

  /** How many messages may be on their way to one site at once. */
  public static final int MOST_ARRIVING = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Owner, Box> boxes = new HashMap<>();
  private final Map<Sending, PartialPayload> arriving = new HashMap<>();
  private long sweptAt = System.nanoTime();
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

  /** Names one sending of a message: two at once do not mix their pieces. */
  private record Sending(Envelope.Key key, String transfer) {
    private boolean to(TaskId task, Party party) {
      return key.task().equals(task) && key.to().equals(party);
    }
  }

  private static final class Box {
    private final Map<Envelope.Key, Supplier<Payload>> waiting = new HashMap<>();
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
    put(envelope.key(), envelope::payload);
  }

  private void put(Envelope.Key key, Supplier<Payload> payload) {
    lock.lock();
    try {
      // Under the lock: a job that ends now is forgotten after what was let in before.
      if (!accepted.test(key.task().jobId())) {
        return;
      }
      Box box = box(new Owner(key.task(), key.to()));
      if (!box.closed && box.seen.add(key)) {
        box.waiting.put(key, payload);
        arriving.keySet().removeIf(sending -> sending.key().equals(key));
        box.changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Begins to take a message piece by piece, or goes on where an earlier connection broke.
   *
   * @param key names the message
   * @param format what its bytes hold
   * @param size how many there are
   * @param transfer the sender's name for this sending of it, the same on every connection
   * @throws FedflowException of kind EXHAUSTED {@code federation.too_many} if {@link
   *     #MOST_ARRIVING} messages are on their way already
   */
  public Arrival arrive(Envelope.Key key, Payload.Format format, int size, String transfer) {
    lock.lock();
    try {
      if (!accepted.test(key.task().jobId())) {
        return new Arrival(this, key, transfer, null);
      }
      Box box = box(new Owner(key.task(), key.to()));
      if (box.closed || box.seen.contains(key)) {
        return new Arrival(this, key, transfer, null);
      }
      Sending sending = new Sending(key, transfer);
      PartialPayload partial = arriving.get(sending);
      if (partial == null || !partial.matches(format, size)) {
        requireRoom();
        partial = new PartialPayload(format, size);
        arriving.put(sending, partial);
      }
      return new Arrival(this, key, transfer, partial);
    } finally {
      lock.unlock();
    }
  }

  private void requireRoom() {
    long now = System.nanoTime();
    long kept = TimeUnit.SECONDS.toNanos(KEPT_SECONDS);
    if (now - sweptAt > kept / 10 || arriving.size() >= MOST_ARRIVING) {
      sweptAt = now;
      arriving.values().removeIf(partial -> now - partial.idleSince() > kept);
    }
    if (arriving.size() >= MOST_ARRIVING) {
      throw new FedflowException(
          FailureKind.EXHAUSTED,
          "federation.too_many",
          MOST_ARRIVING + " messages are on their way to this site already; send fewer at once");
    }
  }

  void arrived(Envelope.Key key, String transfer, PartialPayload whole) {
    drop(key, transfer);
    put(key, whole::join);
  }

  void drop(Envelope.Key key, String transfer) {
    lock.lock();
    try {
      arriving.remove(new Sending(key, transfer));
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
    // Put together outside the lock: it may be large.
    return await(key, timeoutNanos).get();
  }

  private Supplier<Payload> await(Envelope.Key key, long timeoutNanos) throws InterruptedException {
    long left = timeoutNanos;
    lock.lockInterruptibly();
    try {
      Box box = box(new Owner(key.task(), key.to()));
      while (true) {
        Supplier<Payload> payload = box.waiting.remove(key);
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
      arriving.keySet().removeIf(sending -> sending.to(task, party));
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
      arriving.keySet().removeIf(sending -> sending.key().task().jobId().equals(jobId));
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

  /** How many messages are on their way, in pieces of which some may have come. */
  public int arriving() {
    lock.lock();
    try {
      return arriving.size();
    } finally {
      lock.unlock();
    }
  }

  private Box box(Owner owner) {
    return boxes.computeIfAbsent(owner, o -> new Box(lock.newCondition()));
  }
}
