package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.dsl.JobPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The shell around the machines of one job at this site: one lane, in which an event becomes a
 * turn, the turn is stored, and only then its effects happen. Thread-safe.
 */
final class JobShell {

  private static final System.Logger LOG = System.getLogger(JobShell.class.getName());
  private static final long REPORT_PAUSE_MILLIS = 1_000;

  private final String jobId;
  private final EngineParts parts;
  private final SerialLane lane;
  private final TurnStore store;
  private final Runnable over;
  private final CompletableFuture<Void> accepted = new CompletableFuture<>();
  private final AtomicInteger creating = new AtomicInteger();
  private final Map<Party, PartyState> states = new ConcurrentHashMap<>();
  private volatile JobPlan plan;
  private volatile CoordinationRow coordination;

  /**
   * The shell of a job.
   *
   * @param lastSequence the sequence of its last stored event; 0 for a new job
   * @param over called when nothing of the job is live at this site any more
   */
  JobShell(String jobId, EngineParts parts, long lastSequence, Runnable over) {
    this.jobId = jobId;
    this.parts = parts;
    this.lane = new SerialLane(parts.executor());
    this.store = new TurnStore(jobId, parts, lastSequence);
    this.over = over;
  }

  /** Takes over what a crashed process left; called before anything else. */
  void restore(JobPlan restored, CoordinationRow row, Map<Party, PartyState> stored) {
    plan = restored;
    coordination = row;
    states.putAll(stored);
    accepted.complete(null);
  }

  /**
   * Completes when every party created the job and knows that it waits; fails with the first
   * refusal.
   */
  CompletionStage<Void> accepted() {
    return accepted;
  }

  /** Begins to coordinate: stores the first row, then asks every party to create the job. */
  CompletionStage<Void> coordinate(JobPlan planned, PartyCommand.CreateJob create) {
    return lane.run(
        () -> {
          plan = planned;
          CoordinationRow first = CoordinatorMachine.begin(jobId, planned, parts.clock().millis());
          return store
              .coordination(first)
              .thenRun(
                  () -> {
                    coordination = first;
                    creating.set(planned.parties().all().size());
                    planned.parties().all().forEach(party -> askToCreate(party, create));
                  });
        });
  }

  private void askToCreate(Party party, PartyCommand.CreateJob create) {
    parts
        .link()
        .send(party, create)
        .whenComplete(
            (ok, failed) -> {
              Throwable why = failed == null ? null : Stages.unwrap(failed);
              creating.decrementAndGet();
              if (why != null) {
                accepted.completeExceptionally(why);
              }
              coordinator(
                  new CoordinatorEvent.CreateAnswered(party, why == null ? "" : reason(why)));
            });
  }

  /** Creates the job at a local party; again is without effect. */
  CompletionStage<Void> create(JobPlan planned, PartyState first) {
    return lane.run(
        () -> {
          Party party = first.job().party();
          if (states.containsKey(party)) {
            return CompletableFuture.completedStage(null);
          }
          plan = planned;
          return store.party(null, first).thenRun(() -> states.put(party, first));
        });
  }

  /** Applies an event to the job as a whole. */
  CompletionStage<Void> coordinator(CoordinatorEvent event) {
    return lane.run(
        () -> {
          if (coordination == null) {
            throw FedflowException.invalid(
                "job.not_here", "job " + jobId + " is not coordinated at this site");
          }
          CoordinatorMachine.Turn turn =
              CoordinatorMachine.apply(coordination, plan, event, parts.clock().millis());
          if (!turn.ignored().isEmpty()) {
            LOG.log(System.Logger.Level.DEBUG, () -> jobId + " ignored: " + turn.ignored());
            turn.effects().forEach(this::perform);
            leaveIfOver();
            return CompletableFuture.completedStage(null);
          }
          return store
              .coordination(turn.next())
              .thenRun(
                  () -> {
                    coordination = turn.next();
                    turn.effects().forEach(this::perform);
                    leaveIfOver();
                  });
        });
  }

  /** Applies an event to a local party's part. */
  CompletionStage<Void> party(Party party, PartyEvent event) {
    return lane.run(
        () -> {
          PartyState state = states.get(party);
          if (state == null) {
            throw FedflowException.invalid(
                "job.unknown", "job " + jobId + " was never created at " + party);
          }
          PartyMachine.Turn turn = PartyMachine.apply(state, event, parts.clock().millis());
          if (!turn.ignored().isEmpty()) {
            LOG.log(
                System.Logger.Level.DEBUG,
                () -> jobId + " " + party + " ignored: " + turn.ignored());
            return CompletableFuture.completedStage(null);
          }
          return store
              .party(state, turn.next())
              .thenRun(
                  () -> {
                    states.put(party, turn.next());
                    turn.effects().forEach(effect -> perform(party, effect));
                    leaveIfOver();
                  });
        });
  }

  private void perform(CoordinatorEffect effect) {
    if (effect instanceof CoordinatorEffect.Command command) {
      perform(command);
    } else if (effect instanceof CoordinatorEffect.Enqueue) {
      enqueue();
    } else {
      parts.queue().leave(jobId);
      accepted.completeExceptionally(
          FedflowException.cancelled("job " + jobId + " ended: " + coordination.cause()));
    }
  }

  private void perform(CoordinatorEffect.Command command) {
    parts
        .link()
        .send(command.to(), command.command())
        .whenComplete(
            (ok, failed) -> {
              if (failed == null) {
                return;
              }
              String why = reason(Stages.unwrap(failed));
              LOG.log(
                  System.Logger.Level.WARNING,
                  () ->
                      jobId
                          + ": "
                          + command.command().getClass().getSimpleName()
                          + " to "
                          + command.to()
                          + " failed: "
                          + why);
              if (command.command() instanceof PartyCommand.StartTask start) {
                coordinator(
                    new CoordinatorEvent.TaskReported(
                        start.task(),
                        command.to(),
                        TaskStatus.FAILED,
                        command.to()
                            + " "
                            + start.task().component()
                            + " could not start: "
                            + why));
              }
            });
  }

  private void enqueue() {
    PartyCommand waits = new PartyCommand.TellJobStatus(jobId, JobStatus.WAITING, 0, "");
    CompletableFuture<?>[] told =
        plan.parties().all().stream()
            .map(party -> parts.link().send(party, waits).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(told)
        .whenComplete(
            (ok, failed) -> {
              if (failed != null) {
                Throwable why = Stages.unwrap(failed);
                accepted.completeExceptionally(why);
                coordinator(new CoordinatorEvent.StopAsked(JobStatus.FAILED, reason(why)));
                return;
              }
              accepted.complete(null);
              parts.queue().enter(jobId, this::admit);
            });
  }

  private void admit() {
    coordinator(new CoordinatorEvent.Admitted());
    long seconds = plan.settings().timeout().toSeconds();
    parts
        .timer()
        .schedule(
            () ->
                coordinator(
                    new CoordinatorEvent.StopAsked(
                        JobStatus.TIMEOUT,
                        "the job ran longer than its timeout of " + seconds + " s")),
            seconds,
            TimeUnit.SECONDS);
  }

  private void perform(Party party, PartyEffect effect) {
    if (effect instanceof PartyEffect.RunTask run) {
      JobRow job = states.get(party).job();
      parts
          .runner()
          .start(new TaskRunner.Work(run.task(), party, plan, job), ended -> party(party, ended));
    } else if (effect instanceof PartyEffect.StopTask stop) {
      parts.runner().stop(stop.task(), party, stop.reason());
    } else if (effect instanceof PartyEffect.Report report) {
      report(party, report);
    } else if (states.values().stream().allMatch(s -> s.job().status().terminal())) {
      parts.runner().forget(jobId);
    }
  }

  /** Reports until the coordinator has it, or the job is over here. */
  private void report(Party party, PartyEffect.Report report) {
    parts
        .link()
        .send(
            states.get(party).job().initiator(),
            new PartyCommand.ReportTask(
                report.task(), party, report.status(), report.cause(), report.traffic()))
        .whenComplete(
            (ok, failed) -> {
              if (failed != null && !states.get(party).job().status().terminal()) {
                parts
                    .timer()
                    .schedule(
                        () -> report(party, report), REPORT_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
              }
            });
  }

  private void leaveIfOver() {
    // A job that a party refused ends while others still create it: their part must end here, too.
    boolean coordinates =
        coordination != null && (!coordination.status().terminal() || creating.get() > 0);
    if (!coordinates && states.values().stream().allMatch(s -> s.job().status().terminal())) {
      over.run();
    }
  }

  private static String reason(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
