package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.dsl.JobPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.party.Party;
import io.fedflow.spi.Timers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The shell around the machines of one job at this site: one lane, in which an event becomes a
 * turn, the turn is stored, and only then its effects happen. A turn that cannot be stored ends the
 * job's life here: nobody knows its state any more, and the next start of the site fails it.
 * Thread-safe.
 */
final class JobShell {

  private static final System.Logger LOG = System.getLogger(JobShell.class.getName());
  private static final Traffic NONE = new Traffic(0, 0, 0, 0);

  private final String jobId;
  private final EngineParts parts;
  private final SerialLane lane;
  private final TurnStore store;
  private final JobOutbox outbox;
  private final Consumer<JobShell> over;
  private final CompletableFuture<Void> accepted = new CompletableFuture<>();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private final AtomicBoolean lost = new AtomicBoolean();
  private final AtomicInteger beginning = new AtomicInteger();
  private final AtomicInteger creating = new AtomicInteger();
  private final Map<Party, PartyState> states = new ConcurrentHashMap<>();
  private volatile JobPlan plan;
  private volatile CoordinationRow coordination;
  private volatile Timers.Timer timeout = () -> {};

  /**
   * The shell of a job.
   *
   * @param lastSequence the sequence of its last stored event; 0 for a new job
   * @param over called when nothing of the job may be live at this site any more; see {@link
   *     #isOver}
   */
  JobShell(String jobId, EngineParts parts, long lastSequence, Consumer<JobShell> over) {
    this.jobId = jobId;
    this.parts = parts;
    this.lane = new SerialLane(parts.executor());
    this.store = new TurnStore(jobId, parts, lastSequence);
    this.outbox = new JobOutbox(jobId, parts);
    this.over = over;
  }

  String jobId() {
    return jobId;
  }

  JobEngine.LiveJob live() {
    return new JobEngine.LiveJob(Optional.ofNullable(coordination), List.copyOf(states.values()));
  }

  /**
   * Takes over what a crashed process left; called before anything else.
   *
   * @param restored null if the documents no longer plan
   * @param row null if the job is coordinated elsewhere
   */
  void restore(JobPlan restored, CoordinationRow row, Map<Party, PartyState> stored) {
    plan = restored;
    coordination = row;
    states.putAll(stored);
    accepted.complete(null);
  }

  /** Applies several events before any of their consequences. */
  void atOnce(Runnable events) {
    CompletableFuture<Void> all = new CompletableFuture<>();
    lane.run(() -> all);
    events.run();
    all.complete(null);
  }

  /**
   * Completes when every party created the job and knows that it waits; fails with the first
   * refusal.
   */
  CompletionStage<Void> accepted() {
    return accepted;
  }

  /** The job is not live at this site any more. */
  void left() {
    gone.complete(null);
  }

  /** Completes when the job is over at this site; fails if it was given up before. */
  CompletionStage<Void> gone() {
    return gone;
  }

  /** Announces a {@link #coordinate} or {@link #create}, before which the shell is not over. */
  JobShell expect() {
    beginning.incrementAndGet();
    return this;
  }

  /** Begins to coordinate: stores the first row, then asks every party to create the job. */
  CompletionStage<Void> coordinate(JobPlan planned, PartyCommand.CreateJob create) {
    return lane.run(
        () -> {
          plan = planned;
          CoordinationRow first = CoordinatorMachine.begin(jobId, planned, parts.clock().millis());
          return kept(store.coordination(first))
              .thenRun(
                  () -> {
                    coordination = first;
                    creating.set(planned.parties().all().size());
                    beginning.decrementAndGet();
                    planned.parties().all().forEach(party -> askToCreate(party, create));
                  });
        });
  }

  private void askToCreate(Party party, PartyCommand.CreateJob create) {
    outbox
        .send(party, create)
        .whenComplete(
            (ok, failed) -> {
              Throwable why = failed == null ? null : Stages.unwrap(failed);
              if (why != null) {
                accepted.completeExceptionally(why);
              }
              creating.decrementAndGet();
              coordinator(
                  new CoordinatorEvent.CreateAnswered(
                      party, why == null ? "" : JobOutbox.reason(why)));
            });
  }

  /** Creates the job at a local party; again is without effect. */
  CompletionStage<Void> create(JobPlan planned, PartyState first) {
    return lane.run(
        () -> {
          Party party = first.job().party();
          CompletionStage<Void> stored =
              states.containsKey(party)
                  ? CompletableFuture.completedStage(null)
                  : kept(store.party(null, first)).thenRun(() -> created(planned, first));
          return stored.whenComplete(
              (ok, failed) -> {
                beginning.decrementAndGet();
                leaveIfOver();
              });
        });
  }

  private void created(JobPlan planned, PartyState first) {
    plan = planned;
    states.put(first.job().party(), first);
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
          CompletionStage<Void> stored =
              turn.ignored().isEmpty()
                  ? kept(store.coordination(turn.next()))
                  : ignored("coordinator", turn.ignored());
          return stored.thenRun(
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
          CompletionStage<Void> stored =
              turn.ignored().isEmpty()
                  ? kept(store.party(state, turn.next()))
                  : ignored(party.toString(), turn.ignored());
          return stored.thenRun(
              () -> {
                states.put(party, turn.next());
                turn.effects().forEach(effect -> perform(party, effect));
                leaveIfOver();
              });
        });
  }

  private CompletionStage<Void> ignored(String who, String why) {
    LOG.log(System.Logger.Level.DEBUG, () -> jobId + " " + who + " ignored: " + why);
    return CompletableFuture.completedStage(null);
  }

  private void perform(CoordinatorEffect effect) {
    if (effect instanceof CoordinatorEffect.Command command) {
      outbox.tell(command.to(), command.command(), why -> missed(command, why));
    } else if (effect instanceof CoordinatorEffect.Enqueue) {
      enqueue();
    } else {
      timeout.cancel();
      parts.queue().leave(jobId);
      accepted.completeExceptionally(
          FedflowException.cancelled("job " + jobId + " ended: " + coordination.cause()));
    }
  }

  /** A task that could not be started at a party has failed there. */
  private void missed(CoordinatorEffect.Command command, String why) {
    if (command.command() instanceof PartyCommand.StartTask start) {
      String cause = command.to() + " " + start.task().component() + " could not start: " + why;
      coordinator(
          new CoordinatorEvent.TaskReported(start.task(), command.to(), TaskStatus.FAILED, cause));
    }
  }

  private void enqueue() {
    PartyCommand waits = new PartyCommand.TellJobStatus(jobId, JobStatus.WAITING, 0, "");
    outbox
        .sendAll(plan.parties().all(), waits)
        .whenComplete(
            (ok, failed) -> {
              if (failed == null) {
                lane.run(this::enter);
                return;
              }
              Throwable why = Stages.unwrap(failed);
              accepted.completeExceptionally(why);
              coordinator(new CoordinatorEvent.StopAsked(JobStatus.FAILED, JobOutbox.reason(why)));
            });
  }

  /** In the lane: a job that was stopped meanwhile must not enter after it left. */
  private CompletionStage<Void> enter() {
    if (coordination.status() == JobStatus.WAITING) {
      parts.queue().enter(jobId, this::admit);
      accepted.complete(null);
    }
    return CompletableFuture.completedStage(null);
  }

  private void admit() {
    coordinator(new CoordinatorEvent.Admitted());
    long seconds = plan.settings().timeout().toSeconds();
    CoordinatorEvent late =
        new CoordinatorEvent.StopAsked(
            JobStatus.TIMEOUT, "the job ran longer than its timeout of " + seconds + " s");
    try {
      timeout = parts.timers().after(TimeUnit.SECONDS.toMillis(seconds), () -> coordinator(late));
    } catch (RejectedExecutionException closed) {
      LOG.log(System.Logger.Level.DEBUG, () -> jobId + ": the site closes");
    }
    if (coordination.status().terminal()) {
      timeout.cancel();
    }
  }

  private void perform(Party party, PartyEffect effect) {
    if (effect instanceof PartyEffect.RunTask run) {
      start(party, run);
    } else if (effect instanceof PartyEffect.StopTask stop) {
      parts.runner().stop(stop.task(), party, stop.reason());
    } else if (effect instanceof PartyEffect.Report report) {
      report(party, report);
    } else if (states.values().stream().allMatch(s -> s.job().status().terminal())) {
      parts.runner().forget(jobId);
    }
  }

  private void start(Party party, PartyEffect.RunTask run) {
    try {
      if (plan == null) {
        throw FedflowException.invalid("job.plan", "its documents no longer plan at this site");
      }
      JobRow job = states.get(party).job();
      parts
          .runner()
          .start(new TaskRunner.Work(run.task(), party, plan, job), ended -> party(party, ended));
    } catch (RuntimeException | OutOfMemoryError refused) {
      String why = party + " " + run.task().component() + " could not start: ";
      party(
          party,
          new PartyEvent.TaskEnded(
              run.task(), TaskStatus.FAILED, why + JobOutbox.reason(refused), NONE));
    }
  }

  private void report(Party party, PartyEffect.Report report) {
    outbox.report(
        states.get(party).job().initiator(),
        new PartyCommand.ReportTask(
            report.task(), party, report.status(), report.cause(), report.traffic()),
        () -> !lost.get() && !states.get(party).job().status().terminal());
  }

  /** Reports once more how a local party's parts ended; the coordinator may not have heard it. */
  void reportAgain(Party party) {
    for (TaskRow row : states.get(party).tasks()) {
      if (row.partyStatus().terminal()) {
        report(
            party,
            new PartyEffect.Report(row.task(), row.partyStatus(), row.cause(), row.traffic()));
      }
    }
  }

  private CompletionStage<Void> kept(CompletionStage<Void> write) {
    return write.whenComplete(
        (ok, failed) -> {
          if (failed != null) {
            giveUp(Stages.unwrap(failed));
          }
        });
  }

  private void giveUp(Throwable why) {
    String cause = "this site cannot store the job: " + JobOutbox.reason(why);
    if (!end(why)) {
      return;
    }
    LOG.log(System.Logger.Level.ERROR, () -> jobId + " is given up: " + cause);
    states.forEach((party, state) -> stopAll(party, state, cause));
    parts.runner().forget(jobId);
    if (coordination != null && plan != null) {
      PartyCommand failed = new PartyCommand.TellJobStatus(jobId, JobStatus.FAILED, 0, cause);
      plan.parties().all().stream()
          .filter(party -> !states.containsKey(party))
          .forEach(party -> outbox.tell(party, failed, lostToo -> {}));
    }
  }

  private void stopAll(Party party, PartyState state, String cause) {
    for (TaskRow row : state.tasks()) {
      if (row.partyStatus() == TaskStatus.RUNNING) {
        parts.runner().stop(row.task(), party, cause);
        if (coordination == null) {
          String reason = party + " " + row.task().component() + ": " + cause;
          outbox.tell(
              state.job().initiator(),
              new PartyCommand.ReportTask(row.task(), party, TaskStatus.FAILED, reason, NONE),
              lostToo -> {});
        }
      }
    }
  }

  /** Ends everything that waits for this job, which stays as it is stored. */
  void close(FedflowException why) {
    end(why);
  }

  private boolean end(Throwable why) {
    if (!lost.compareAndSet(false, true)) {
      return false;
    }
    lane.close(why);
    store.close(why);
    timeout.cancel();
    parts.queue().leave(jobId);
    accepted.completeExceptionally(why);
    gone.completeExceptionally(why);
    over.accept(this);
    return true;
  }

  /** Tells whether nothing of the job is live at this site any more. */
  boolean isOver() {
    // A job that a party refused ends while others still create it: their part must end here, too.
    boolean coordinates =
        coordination != null && (!coordination.status().terminal() || creating.get() > 0);
    return lost.get()
        || !coordinates
            && beginning.get() == 0
            && states.values().stream().allMatch(s -> s.job().status().terminal());
  }

  private void leaveIfOver() {
    if (isOver()) {
      over.accept(this);
    }
  }
}
