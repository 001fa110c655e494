package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
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

  /**
   * A command on its way.
   *
   * @param patience how long the party may be unreachable, in milliseconds
   * @param needed whether anybody still wants it to arrive
   */
  private record Word(
      PartyCommand command, long patience, BooleanSupplier needed, CompletableFuture<Void> done) {

    /** Whether its receiver takes it in the job's lane at once: then others may follow. */
    boolean isForLane() {
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
    Word word = new Word(command, patience, needed, new CompletableFuture<>());
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
    synchronized (this) {
      if (closed != null) {
        return;
      }
      flying.remove(word);
      boolean unreached = note(word, failed);
      if (unreached && !isOver(word)) {
        tryAgainLater();
        return;
      }
      words.remove(word);
      if (unreached && word.patience > 0) {
        gap = true;
        // They would come out of order; who misses them asks for all of them.
        words.stream().filter(behind -> behind.patience != Long.MAX_VALUE).forEach(behindIt::add);
        words.removeAll(behindIt);
      }
    }
    sendOn();
    if (failed == null) {
      word.done.complete(null);
    } else {
      LOG.log(System.Logger.Level.DEBUG, () -> word.command + " to " + to + " failed: " + failed);
      word.done.completeExceptionally(failed);
      behindIt.forEach(behind -> behind.done.completeExceptionally(failed));
    }
  }

  private void tryAgainLater() {
    if (nextTry == 0) {
      nextTry = clock.millis() + pause;
      alarm.set(pause, this::tryAgain);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  private void tryAgain() {
    synchronized (this) {
      nextTry = 0;
    }
    sendOn();
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
