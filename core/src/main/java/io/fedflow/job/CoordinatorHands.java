package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.spi.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Does what the coordinator of one job decided. Called in the job's lane; thread-safe. */
final class CoordinatorHands {

  private final JobShell shell;
  private final EngineParts parts;
  private final JobOutbox outbox;
  private final Alarm due;
  private final Collector collector;
  private volatile CompletableFuture<Void> accepted = new CompletableFuture<>();
  private final AtomicInteger creating = new AtomicInteger();
  private final Set<Party> granted = ConcurrentHashMap.newKeySet();
  private volatile int grantedRound;

  CoordinatorHands(JobShell shell, EngineParts parts, JobOutbox outbox) {
    this.shell = shell;
    this.parts = parts;
    this.outbox = outbox;
    this.due = new Alarm(parts.timers());
    this.collector = new Collector(shell, parts);
  }

  /** See {@link JobShell#accepted}. */
  CompletableFuture<Void> accepted() {
    return accepted;
  }

  /** Whether a party was asked to create the job and has not answered. */
  boolean isCreating() {
    return creating.get() > 0;
  }

  /** Asks parties to create the job. */
  void create(List<Party> parties, PartyCommand.CreateJob create) {
    creating.set(parties.size());
    parties.forEach(party -> askToCreate(party, create));
  }

  private void askToCreate(Party party, PartyCommand.CreateJob create) {
    asked(party, create)
        .whenComplete(
            (ok, failed) -> {
              Throwable why = failed == null ? null : Stages.unwrap(failed);
              if (why != null) {
                accepted.completeExceptionally(why);
              }
              creating.decrementAndGet();
              shell.coordinator(
                  new CoordinatorEvent.CreateAnswered(
                      party, why == null ? "" : CauseCode.reason(why)));
            });
  }

  /** Who may have begun to take over an inheritance goes on with it, however long it is away. */
  private CompletionStage<Void> asked(Party party, PartyCommand.CreateJob create) {
    CompletionStage<Void> once = outbox.sendOnce(party, create);
    return create.inherited().any()
        ? once.exceptionallyCompose(
            failed ->
                Stages.unwrap(failed) instanceof FedflowException known
                        && known.kind() == FailureKind.UNKNOWN
                    ? outbox.send(party, create)
                    : CompletableFuture.failedStage(failed))
        : once;
  }

  /** Takes over a job that was accepted by an earlier process. */
  void restore() {
    accepted.complete(null);
  }

  /** The job is to be accepted once more. */
  void acceptAgain() {
    accepted = new CompletableFuture<>();
  }

  /** Does one effect. */
  void perform(CoordinatorEffect effect) {
    if (effect instanceof CoordinatorEffect.Command command
        && command.command() instanceof PartyCommand.RerunJob again) {
      askAgain(command.to(), again);
    } else if (effect instanceof CoordinatorEffect.Command command) {
      if (isEnd(command.command()) && outbox.hasGap(command.to())) {
        // After the end nobody asks for what was missed before.
        Implied.told(shell.coordination(), command.to())
            .forEach(word -> outbox.tell(command.to(), word, why -> {}));
      }
      outbox.tell(command.to(), command.command(), why -> missed(command, why));
    } else if (effect instanceof CoordinatorEffect.AskSlots) {
      askSlots();
    } else {
      accepted.completeExceptionally(
          FedflowException.cancelled(
              "job " + shell.jobId() + " ended: " + shell.coordination().cause()));
    }
    String kind = effect.getClass().getSimpleName();
    parts.telemetry().signal(new Signal.EffectDone(shell.jobId(), Signal.COORDINATOR, kind));
  }

  private static boolean isEnd(PartyCommand command) {
    return command instanceof PartyCommand.TellJobStatus told && told.status().terminal();
  }

  private void askAgain(Party party, PartyCommand.RerunJob again) {
    updated(party, again.round())
        .exceptionallyCompose(failed -> ended(party, again.round(), failed))
        .thenCompose(ready -> outbox.send(party, again))
        .whenComplete(
            (ok, failed) ->
                shell.coordinator(
                    new CoordinatorEvent.RerunAnswered(
                        again.round(),
                        party,
                        failed == null ? "" : JobOutbox.reason(Stages.unwrap(failed)))));
  }

  /** Sees to it that a party runs by the initiator's conf, whatever became of updates. */
  private CompletionStage<Void> updated(Party party, int round) {
    CoordinationRow row = shell.coordination();
    PartyState own = shell.state(row.initiator());
    return row.edition() == 0 || own == null
        ? CompletableFuture.completedStage(null)
        : outbox.send(
            party,
            new PartyCommand.UpdateJob(shell.jobId(), round, row.edition(), own.job().conf()));
  }

  /** Ends the last run at a party that does not know of that, and updates it then. */
  private CompletionStage<Void> ended(Party party, int round, Throwable failed) {
    if (!(Stages.unwrap(failed) instanceof FedflowException known)
        || !known.code().equals(EndedJob.LIVE)) {
      return CompletableFuture.failedStage(failed);
    }
    PartyCommand end =
        new PartyCommand.TellJobStatus(
            shell.jobId(), round - 1, JobStatus.CANCELED, 0, "the job runs again");
    return outbox.send(party, end).thenCompose(told -> updated(party, round));
  }

  /** A task that could not be started at a party has failed there. */
  private void missed(CoordinatorEffect.Command command, String why) {
    if (command.command() instanceof PartyCommand.StartTask start) {
      String cause = command.to() + " " + start.task().component() + " could not start: " + why;
      shell.coordinator(
          new CoordinatorEvent.TaskReported(
              start.task(), command.to(), TaskStatus.FAILED, cause, false));
    }
  }

  private void askSlots() {
    CoordinationRow row = shell.coordination();
    PartyCommand ask = new PartyCommand.AskSlots(shell.jobId(), row.round(), row.askRound());
    outbox
        .sendAll(sites(), ask)
        .whenComplete(
            (ok, failed) -> {
              // Accepted before: a party that is still away hears of it once it asks.
              if (failed == null) {
                accepted.complete(null);
              } else if (!accepted.isDone()) {
                Throwable why = Stages.unwrap(failed);
                accepted.completeExceptionally(why);
                shell.coordinator(
                    new CoordinatorEvent.StopAsked(JobStatus.FAILED, JobOutbox.reason(why)));
              }
            });
  }

  /** One party of every site, as far as known here. */
  private List<Party> sites() {
    List<Party> sites = new ArrayList<>();
    boolean own = false;
    for (Party party : shell.plan().parties().all()) {
      boolean here = parts.here().test(party);
      if (!here || !own) {
        sites.add(party);
      }
      own |= here;
    }
    return sites;
  }

  /**
   * In the lane: counts the slots of a site; the job runs once all parties have theirs.
   *
   * @return why they do not count; empty if they do
   */
  String granted(PartyCommand.SlotsGranted slots) {
    CoordinationRow row = shell.coordination();
    if (row.status() != JobStatus.WAITING || slots.askRound() != row.askRound()) {
      return "job is " + row.status() + " and asks in round " + row.askRound();
    }
    if (grantedRound != row.askRound()) {
      granted.clear();
      grantedRound = row.askRound();
    }
    granted.addAll(slots.slots().keySet());
    if (shell.plan() != null && granted.containsAll(shell.plan().parties().all())) {
      // Whoever granted slots has stored the job, whenever the answers to the question come.
      accepted.complete(null);
      shell.coordinator(new CoordinatorEvent.Admitted(row.askRound()));
    }
    return "";
  }

  /** The parties whose slots are there, while the job waits for others. */
  Set<Party> granted() {
    CoordinationRow row = shell.coordination();
    return row != null && row.askRound() == grantedRound ? Set.copyOf(granted) : Set.of();
  }

  /** Sees to it that the coordinator looks at the job when something is due. */
  void watch(CoordinationRow row) {
    collector.watch(row);
    Deadlines.next(row, shell.plan())
        .ifPresentOrElse(
            at ->
                due.set(Math.max(1, at - parts.clock().millis()), () -> shell.coordinator(PASSED)),
            due::clear);
  }

  private static final CoordinatorEvent PASSED = new CoordinatorEvent.TimePassed();

  /** Ends everything that waits for the job. */
  void close(Throwable why) {
    due.close();
    collector.close();
    accepted.completeExceptionally(why);
  }
}
