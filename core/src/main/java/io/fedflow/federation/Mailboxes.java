package io.fedflow.federation;

import io.fedflow.component.TaskId;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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

  /** How long the pieces of a message are kept while nothing more comes. */
  public static final long KEPT_SECONDS = 600;

  /** How many messages may be on their way to one site at once. */
  public static final int MOST_ARRIVING = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Owner, Box> boxes = new HashMap<>();
  private final Map<Sending, PartialPayload> arriving = new HashMap<>();
  private long sweptAt = System.nanoTime();
  private volatile Predicate<String> accepted = jobId -> true;

  private final PayloadRoom room;

  /** Empty mailboxes, bounded by the heap alone. */
  public Mailboxes() {
    this(PayloadRoom.unbounded());
  }

  /** Empty mailboxes in a room. */
  public Mailboxes(PayloadRoom room) {
    this.room = room;
  }

  /** Where payloads wait. */
  public PayloadRoom room() {
    return room;
  }

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
    private final Map<Envelope.Key, Kept> waiting = new HashMap<>();
    private final Set<Envelope.Key> seen = new HashSet<>();
    private final Condition changed;
    private FedflowException failure;
    private boolean closed;

    private Box(Condition changed) {
      this.changed = changed;
    }
  }

  /**
   * Puts a message into its mailbox; writes it to a file, and so may block, if there is no room in
   * memory.
   */
  @Override
  public void deliver(Envelope envelope) {
    Payload payload = envelope.payload();
    if (room.reserveMemory(payload.bytes().length)) {
      put(envelope.key(), new KeptInMemory(room, payload));
      return;
    }
    PartialPayload spilled =
        new PartialPayload(room, payload.format(), payload.bytes().length, false);
    try {
      spilled.append(spilled.takeOver(), ByteBuffer.wrap(payload.bytes()));
    } catch (RuntimeException failed) {
      spilled.drop();
      throw failed;
    }
    put(envelope.key(), spilled);
  }

  private void put(Envelope.Key key, Kept payload) {
    List<Kept> dropped = new ArrayList<>();
    lock.lock();
    try {
      // Under the lock: a job that ends now is forgotten after what was let in before.
      Box box = accepted.test(key.task().jobId()) ? box(new Owner(key.task(), key.to())) : null;
      if (box != null && !box.closed && box.seen.add(key)) {
        box.waiting.put(key, payload);
        dropArriving(sending -> sending.key().equals(key), dropped);
        box.changed.signalAll();
      } else {
        dropped.add(payload);
      }
    } finally {
      lock.unlock();
    }
    dropped.forEach(Kept::drop);
  }

  /** Under the lock: takes out what is on its way; to be dropped when the lock is free again. */
  private void dropArriving(Predicate<Sending> which, List<Kept> dropped) {
    arriving
        .entrySet()
        .removeIf(
            entry -> {
              boolean over = which.test(entry.getKey());
              if (over) {
                dropped.add(entry.getValue());
              }
              return over;
            });
  }

  /**
   * Begins to take a message piece by piece, or goes on where an earlier connection broke.
   *
   * @param key names the message
   * @param format what its bytes hold
   * @param size how many there are
   * @param transfer the sender's name for this sending of it, the same on every connection
   * @throws FedflowException of kind EXHAUSTED {@code federation.too_many} if {@link
   *     #MOST_ARRIVING} messages are on their way already, {@code federation.full} if too much
   *     waits to be taken
   */
  public Arrival arrive(Envelope.Key key, Payload.Format format, int size, String transfer) {
    return arrive(key, format, size, transfer, false);
  }

  /**
   * The same, where the bytes are to be compared with a digest in the end.
   *
   * @param digested whether {@link Arrival#complete(int, byte[])} will be given one
   */
  public Arrival arrive(
      Envelope.Key key, Payload.Format format, int size, String transfer, boolean digested) {
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
      if (partial == null || !partial.matches(format, size, digested)) {
        requireRoom();
        if (partial != null) {
          partial.drop();
        }
        arriving.remove(sending);
        partial = new PartialPayload(room, format, size, digested);
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
      List<Kept> dropped = new ArrayList<>();
      Map<Sending, PartialPayload> all = Map.copyOf(arriving);
      dropArriving(sending -> now - all.get(sending).idleSince() > kept, dropped);
      dropped.forEach(Kept::drop);
    }
    if (arriving.size() >= MOST_ARRIVING) {
      throw new FedflowException(
          FailureKind.EXHAUSTED,
          "federation.too_many",
          MOST_ARRIVING + " messages are on their way to this site already; send fewer at once");
    }
  }

  void arrived(Envelope.Key key, String transfer, PartialPayload whole) {
    lock.lock();
    try {
      // It goes on to wait, or is dropped by who puts it.
      arriving.remove(new Sending(key, transfer), whole);
    } finally {
      lock.unlock();
    }
    put(key, whole);
  }

  void drop(Envelope.Key key, String transfer) {
    PartialPayload dropped;
    lock.lock();
    try {
      dropped = arriving.remove(new Sending(key, transfer));
    } finally {
      lock.unlock();
    }
    if (dropped != null) {
      dropped.drop();
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
    // Put together, or read, outside the lock: it may be large.
    return await(key, timeoutNanos).take();
  }

  private Kept await(Envelope.Key key, long timeoutNanos) throws InterruptedException {
    long left = timeoutNanos;
    lock.lockInterruptibly();
    try {
      Box box = box(new Owner(key.task(), key.to()));
      while (true) {
        Kept payload = box.waiting.remove(key);
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
    List<Kept> dropped = new ArrayList<>();
    lock.lock();
    try {
      Box box = box(new Owner(task, party));
      box.closed = true;
      dropped.addAll(box.waiting.values());
      box.waiting.clear();
      dropArriving(sending -> sending.to(task, party), dropped);
      box.seen.clear();
      over(box, task);
    } finally {
      lock.unlock();
    }
    dropped.forEach(Kept::drop);
  }

  /** Drops everything of a whole job, closed boxes included, and ends its waits. */
  public void forget(String jobId) {
    List<Kept> dropped = new ArrayList<>();
    lock.lock();
    try {
      boxes.forEach(
          (owner, box) -> {
            if (owner.task().jobId().equals(jobId)) {
              dropped.addAll(box.waiting.values());
              over(box, owner.task());
            }
          });
      boxes.keySet().removeIf(owner -> owner.task().jobId().equals(jobId));
      dropArriving(sending -> sending.key().task().jobId().equals(jobId), dropped);
    } finally {
      lock.unlock();
    }
    dropped.forEach(Kept::drop);
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
