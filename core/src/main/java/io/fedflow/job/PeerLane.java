package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.spi.Signal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * The commands about one job to one party: one after the other, each tried again with growing
 * pauses while the party cannot be reached, until its patience is over. Patience counts from the
 * first failure, so that a line of commands to a dead site does not wait for each of them anew; a
 * command that got lost takes those behind it along, but for those that wait for ever. At this site
 * the job's own lane keeps the order, so words to a local party do not wait for each other, and may
 * share a turn. Thread-safe.
 */
final class PeerLane {

  private static final System.Logger LOG = System.getLogger(PeerLane.class.getName());
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final Party to;
  private final EngineParts parts;
  private final InstantSource clock;
  private final Alarm alarm;
  private final boolean local;
  private final List<Word> words = new ArrayList<>();
  private final List<Word> flying = new ArrayList<>();
  private boolean sending;
  private boolean gap;
  private long lastContact;
  private long failingSince;
  private long nextTry;
  private long pause = FIRST_PAUSE_MILLIS;
  private String failure = "";
  private Throwable closed;

  /** A command on its way. */
  private static final class Word {

    private final PartyCommand command;
    private final long patience;
    private final BooleanSupplier needed;
    private final long begun = System.nanoTime();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private int tries;

    /**
     * A command that was not sent yet.
     *
     * @param patience how long the party may be unreachable, in milliseconds
     * @param needed whether anybody still wants it to arrive
     */
    private Word(PartyCommand command, long patience, BooleanSupplier needed) {
      this.command = command;
      this.patience = patience;
      this.needed = needed;
    }

    /** Whether its receiver takes it in the job's lane at once: then others may follow. */
    private boolean isForLane() {
      return command instanceof PartyCommand.TellJobStatus
          || command instanceof PartyCommand.TellTaskStatus
          || command instanceof PartyCommand.PrepareTask
          || command instanceof PartyCommand.StartTask
          || command instanceof PartyCommand.ReportTask;
    }
  }

  PeerLane(Party to, EngineParts parts) {
    this.to = to;
    this.parts = parts;
    this.clock = parts.clock();
    this.alarm = new Alarm(parts.timers());
    this.local = parts.here().test(to);
  }

  /** Adds a command; completes when the party has it. */
  CompletableFuture<Void> add(PartyCommand command, long patience, BooleanSupplier needed) {
    Word word = new Word(command, patience, needed);
    Throwable refused;
    synchronized (this) {
      refused = closed;
      if (refused == null) {
        words.add(word);
      }
    }
    if (refused != null) {
      word.done.completeExceptionally(refused);
    } else {
      sendOn();
    }
    return word.done;
  }

  /** Whether nothing is on its way. */
  synchronized boolean idle() {
    return words.isEmpty();
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

  /** Sends whatever need not wait, one caller at a time, or words could overtake each other. */
  private void sendOn() {
    synchronized (this) {
      if (sending) {
        return;
      }
      sending = true;
    }
    for (Word word = next(); word != null; word = next()) {
      attempt(word);
    }
  }

  /** The first word that is not on its way, if it may set out; otherwise null, and sending ends. */
  private synchronized Word next() {
    Word word =
        words.stream().filter(waiting -> !flying.contains(waiting)).findFirst().orElse(null);
    boolean goes =
        word != null && closed == null && nextTry == 0 && (flying.isEmpty() || streams(word));
    sending = goes;
    if (goes) {
      flying.add(word);
    }
    return goes ? word : null;
  }

  private boolean streams(Word word) {
    return local
        && failingSince == 0
        && word.isForLane()
        && flying.stream().allMatch(Word::isForLane);
  }

  private void attempt(Word word) {
    Stages.start(() -> parts.link().send(to, word.command))
        .whenComplete((ok, failed) -> tried(word, failed == null ? null : Stages.unwrap(failed)));
  }

  private void tried(Word word, Throwable failed) {
    List<Word> behindIt = new ArrayList<>();
    boolean unreached;
    boolean again;
    boolean first = false;
    long wait = 0;
    synchronized (this) {
      if (closed != null) {
        return;
      }
      flying.remove(word);
      word.tries++;
      unreached = note(word, failed);
      again = unreached && !isOver(word);
      if (again) {
        // Of several that flew, the first to come back says when.
        first = nextTry == 0;
        wait = pauseForNextTry();
      } else {
        drop(word, unreached, behindIt);
      }
    }
    if (again) {
      retried(word, wait, failed);
      if (first) {
        alarm.set(wait, this::tryAgain);
      }
      return;
    }
    over(word, unreached, failed);
    behindIt.forEach(behind -> over(behind, true, failed));
    sendOn();
    if (failed == null) {
      word.done.complete(null);
    } else {
      LOG.log(System.Logger.Level.DEBUG, () -> word.command + " to " + to + " failed: " + failed);
      word.done.completeExceptionally(failed);
      behindIt.forEach(behind -> behind.done.completeExceptionally(failed));
    }
  }

  /** How long it is until the next try. Holds the lock. */
  private long pauseForNextTry() {
    long now = clock.millis();
    if (nextTry == 0) {
      nextTry = now + pause;
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
    return nextTry - now;
  }

  private void tryAgain() {
    synchronized (this) {
      nextTry = 0;
    }
    sendOn();
  }

  /**
   * Takes a word out. Holds the lock.
   *
   * @param behindIt gets those that are lost with it
   */
  private void drop(Word word, boolean unreached, List<Word> behindIt) {
    words.remove(word);
    if (unreached && word.patience > 0) {
      gap = true;
      // They would come out of order; who misses them asks for all of them.
      words.stream()
          .filter(behind -> behind.patience != Long.MAX_VALUE && !flying.contains(behind))
          .forEach(behindIt::add);
      words.removeAll(behindIt);
    }
  }

  private void retried(Word word, long wait, Throwable failed) {
    parts
        .telemetry()
        .signal(
            new Signal.CommandRetried(
                word.command.jobId(),
                to,
                word.command.getClass().getSimpleName(),
                word.tries,
                wait,
                JobOutbox.reason(failed)));
  }

  private void over(Word word, boolean unreached, Throwable failed) {
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
                word.tries,
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
