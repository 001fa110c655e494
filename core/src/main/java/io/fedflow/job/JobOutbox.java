package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.party.Party;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What one job at this site sends to the sites of its parties, in order for each of them.
 * Thread-safe; never throws.
 */
final class JobOutbox {

  private static final System.Logger LOG = System.getLogger(JobOutbox.class.getName());

  private final String jobId;
  private final EngineParts parts;
  private final LongSupplier patienceMillis;
  private final Map<Party, PeerLane> lanes = new ConcurrentHashMap<>();
  private volatile Throwable closed;

  /**
   * What a job sends.
   *
   * @param patienceMillis how long a party is tried that cannot be reached, asked for every command
   */
  JobOutbox(String jobId, EngineParts parts, LongSupplier patienceMillis) {
    this.patienceMillis = patienceMillis;
    this.jobId = jobId;
    this.parts = parts;
  }

  /** Sends a command; an unreachable party gets it as long as the site is patient. */
  CompletionStage<Void> send(Party to, PartyCommand command) {
    return lane(to).add(command, patienceMillis.getAsLong(), () -> true);
  }

  /** Sends a command; an unreachable party is not tried again. */
  CompletionStage<Void> sendOnce(Party to, PartyCommand command) {
    return lane(to).add(command, 0, () -> true);
  }

  /** Sends one command to many; completes when all have it, fails with the first that has not. */
  CompletionStage<Void> sendAll(Collection<Party> to, PartyCommand command) {
    return CompletableFuture.allOf(
        to.stream()
            .map(party -> send(party, command).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  /**
   * Sends a command that nobody waits for.
   *
   * @param lost gets the reason if it did not arrive
   */
  void tell(Party to, PartyCommand command, Consumer<String> lost) {
    send(to, command)
        .whenComplete(
            (ok, failed) -> {
              if (failed != null && closed == null) {
                String why = CauseCode.reason(Stages.unwrap(failed));
                String what = command.getClass().getSimpleName();
                LOG.log(
                    System.Logger.Level.WARNING,
                    () -> jobId + ": " + what + " to " + to + " failed: " + why);
                lost.accept(why);
              }
            });
  }

  /** Sends a command until it arrives, or nobody needs it any more. */
  void insist(Party to, PartyCommand command, BooleanSupplier needed) {
    lane(to).add(command, Long.MAX_VALUE, needed);
  }

  /** Whether nothing is on its way to a party. */
  boolean idle(Party to) {
    return lane(to).idle();
  }

  /** Whether a party missed a command for good. */
  boolean hasGap(Party to) {
    return lane(to).hasGap();
  }

  /** How it stands with every party that something was sent to. */
  List<PeerLane.Contact> contacts() {
    return lanes.values().stream().map(PeerLane::contact).toList();
  }

  /** Fails everything that is on its way, and all that comes; again is without effect. */
  void close(Throwable why) {
    closed = why;
    lanes.values().forEach(lane -> lane.close(why));
  }

  private PeerLane lane(Party to) {
    PeerLane lane = lanes.computeIfAbsent(to, party -> new PeerLane(party, parts));
    Throwable why = closed;
    if (why != null) {
      lane.close(why);
    }
    return lane;
  }

  /** A failure in words. */
  static String reason(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
