package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.spi.Signal;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * The commands about one job to one party: one after the other, each tried again with growing
 * pauses while the party cannot be reached, until its patience is over. Patience counts from the
 * first failure, so that a line of commands to a dead site does not wait for each of them anew; a
 * command that got lost takes those behind it along, but for those that wait for ever. Thread-safe.
 */
final class PeerLane {

  private static final System.Logger LOG = System.getLogger(PeerLane.class.getName());
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final Party to;
  private final EngineParts parts;
  private final InstantSource clock;
  private final Alarm alarm;
  private final ArrayDeque<Word> words = new ArrayDeque<>();
  private boolean busy;
  private int tries;
  private boolean gap;
  private long lastContact;
  private long failingSince;
  private long nextTry;
  private long pause = FIRST_PAUSE_MILLIS;
  private String failure = "";
  private Throwable closed;

  /**
   * A command on its way.
   *
   * @param patience how long the party may be unreachable, in milliseconds
   * @param needed whether anybody still wants it to arrive
   * @param begun when it was handed over, in nanoseconds
   */
  private record Word(
      PartyCommand command,
      long patience,
      BooleanSupplier needed,
      long begun,
      CompletableFuture<Void> done) {}

  PeerLane(Party to, EngineParts parts) {
    this.to = to;
    this.parts = parts;
    this.clock = parts.clock();
    this.alarm = new Alarm(parts.timers());
  }

  /** Adds a command; completes when the party has it. */
  CompletableFuture<Void> add(PartyCommand command, long patience, BooleanSupplier needed) {
    Word word = new Word(command, patience, needed, System.nanoTime(), new CompletableFuture<>());
    Throwable refused;
    boolean first = false;
    synchronized (this) {
      refused = closed;
      if (refused == null) {
        words.add(word);
        first = !busy;
        busy = true;
      }
    }
    if (refused != null) {
      word.done.completeExceptionally(refused);
    } else if (first) {
      attempt(word);
    }
    return word.done;
  }

  /** Whether nothing is on its way. */
  synchronized boolean idle() {
    return !busy;
  }

  /** Whether a command got lost for good, so that later ones came without it. */
  synchronized boolean hasGap() {
    return gap;
  }

  /** How it stands with the party. */
  synchronized Contact contact() {
    return new Contact(to, lastContact, failingSince, nextTry, failure);
  }

  /** Fails everything that is on its way; again is without effect. */
  void close(Throwable why) {
    List<Word> left;
    synchronized (this) {
      closed = closed == null ? why : closed;
      left = new ArrayList<>(words);
      words.clear();
    }
    alarm.close();
    left.forEach(word -> word.done.completeExceptionally(why));
  }

  private void attempt(Word word) {
    Stages.start(() -> parts.link().send(to, word.command))
        .whenComplete((ok, failed) -> tried(word, failed == null ? null : Stages.unwrap(failed)));
  }

  private void tried(Word word, Throwable failed) {
    Word next = null;
    List<Word> behindIt = new ArrayList<>();
    boolean unreached;
    long wait = 0;
    int sent;
    synchronized (this) {
      if (closed != null) {
        return;
      }
      sent = ++tries;
      unreached = note(word, failed);
      if (unreached && !isOver(word)) {
        wait = pause;
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        nextTry = clock.millis() + wait;
      } else {
        nextTry = 0;
        tries = 0;
        next = next(word, unreached, behindIt);
      }
    }
    if (wait > 0) {
      retried(word, sent, wait, failed);
      alarm.set(wait, () -> attempt(word));
      return;
    }
    over(word, unreached, sent, failed);
    behindIt.forEach(behind -> over(behind, true, 0, failed));
    if (next != null) {
      attempt(next);
    }
    if (failed == null) {
      word.done.complete(null);
    } else {
      LOG.log(System.Logger.Level.DEBUG, () -> word.command + " to " + to + " failed: " + failed);
      word.done.completeExceptionally(failed);
      behindIt.forEach(behind -> behind.done.completeExceptionally(failed));
    }
  }

  /**
   * Takes the first word out; gives the next one, null if there is none. Holds the lock.
   *
   * @param behindIt gets those that are lost with it
   */
  private Word next(Word word, boolean unreached, List<Word> behindIt) {
    words.poll();
    if (unreached && word.patience > 0) {
      gap = true;
      // They would come out of order; who misses them asks for all of them.
      words.stream().filter(behind -> behind.patience != Long.MAX_VALUE).forEach(behindIt::add);
      words.removeAll(behindIt);
    }
    Word next = words.peek();
    busy = next != null;
    return next;
  }

  private void retried(Word word, int sent, long wait, Throwable failed) {
    parts
        .telemetry()
        .signal(
            new Signal.CommandRetried(
                word.command.jobId(),
                to,
                word.command.getClass().getSimpleName(),
                sent,
                wait,
                JobOutbox.reason(failed)));
  }

  private void over(Word word, boolean unreached, int sent, Throwable failed) {
    Signal.Delivery delivery =
        failed == null
            ? Signal.Delivery.ARRIVED
            : unreached ? Signal.Delivery.LOST : Signal.Delivery.REFUSED;
    parts
        .telemetry()
        .signal(
            new Signal.CommandSent(
                word.command.jobId(),
                to,
                word.command.getClass().getSimpleName(),
                delivery,
                sent,
                System.nanoTime() - word.begun,
                failed == null ? "" : JobOutbox.reason(failed)));
  }

  /** Notes how a try went; true if another one makes sense. */
  private boolean note(Word word, Throwable failed) {
    boolean again = failed != null && isWorthAnotherTry(word, failed);
    if (again) {
      failingSince = failingSince == 0 ? clock.millis() : failingSince;
      failure = JobOutbox.reason(failed);
    } else {
      lastContact = clock.millis();
      failingSince = 0;
      failure = "";
      pause = FIRST_PAUSE_MILLIS;
    }
    return again;
  }

  /** What waits for as long as it takes bears with everything but a clear no. */
  private static boolean isWorthAnotherTry(Word word, Throwable failed) {
    boolean patient = word.patience == Long.MAX_VALUE;
    return failed instanceof FedflowException known
        ? known.kind() == FailureKind.UNAVAILABLE
            || known.kind() == FailureKind.UNKNOWN
            || patient && known.kind() != FailureKind.INVALID
        : patient;
  }

  private boolean isOver(Word word) {
    return clock.millis() - failingSince >= word.patience || !word.needed.getAsBoolean();
  }

  /**
   * How it stands with a party. Times are epoch milliseconds.
   *
   * @param party which
   * @param lastContact when it last answered; 0 for never
   * @param failingSince since when it cannot be reached; 0 if it can
   * @param nextTry when it is tried again; 0 if nothing waits for that
   * @param failure what the last try met; empty if it can be reached
   */
  record Contact(Party party, long lastContact, long failingSince, long nextTry, String failure) {}
}
