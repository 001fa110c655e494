package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.Signal;
import io.fedflow.spi.StoreTurn;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.TrackingManager.TaskNews;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * Stores the turns of one job with their events and log lines, tries again while the store is down,
 * and tells the followers.
 */
final class TurnStore {

  private final String jobId;
  private final EngineParts parts;
  private final StoreWatch watch;
  private volatile CompletableFuture<Void> current = CompletableFuture.completedFuture(null);
  private volatile Throwable closed;
  private volatile Writing writing;
  private long lastSequence;

  /**
   * Stores the turns of a job.
   *
   * @param watch is told which turns wait for the store
   * @param lastSequence the sequence of its last stored event; 0 for a new job
   */
  TurnStore(String jobId, EngineParts parts, StoreWatch watch, long lastSequence) {
    this.jobId = jobId;
    this.parts = parts;
    this.watch = watch;
    this.lastSequence = lastSequence;
  }

  /** Stores a coordinator's row. */
  CompletionStage<Void> coordination(CoordinationRow row) {
    return turn(List.of(), Optional.of(row));
  }

  /**
   * Two states of a party, one after the other.
   *
   * @param before null for the first
   */
  record Change(PartyState before, PartyState after) {}

  /**
   * Stores the difference between two states of a party.
   *
   * @param before null for the first
   */
  CompletionStage<Void> party(PartyState before, PartyState after) {
    return parties(List.of(new Change(before, after)));
  }

  /** Stores what changed for several parties, all or nothing. */
  CompletionStage<Void> parties(List<Change> changes) {
    return turn(changes, Optional.empty());
  }

  /**
   * Stores what changed for parties and for the job as a whole, all or nothing.
   *
   * @param changes in the order in which they happened; no row changes twice
   */
  CompletionStage<Void> turn(List<Change> changes, Optional<CoordinationRow> coordination) {
    List<JobRow> jobs = new ArrayList<>();
    List<TaskRow> tasks = new ArrayList<>();
    List<JobEvent> events = new ArrayList<>();
    List<LogLine> lines = new ArrayList<>();
    for (Change change : changes) {
      note(change.before, change.after, jobs, tasks, events, lines);
    }
    String by =
        coordination.isPresent()
            ? Signal.COORDINATOR
            : changes.get(0).after.job().party().toString();
    return commit(new StoreTurn(jobId, jobs, tasks, coordination, events, lines), by);
  }

  private void note(
      PartyState before,
      PartyState after,
      List<JobRow> jobs,
      List<TaskRow> tasks,
      List<JobEvent> events,
      List<LogLine> lines) {
    Party party = after.job().party();
    if (before == null || before.job().revision() != after.job().revision()) {
      jobs.add(after.job());
      noteJob(before, after.job(), events, lines);
    }
    for (int i = 0; i < after.tasks().size(); i++) {
      TaskRow now = after.tasks().get(i);
      // Attempts are only ever added, at the end.
      TaskRow then = before == null || i >= before.tasks().size() ? null : before.tasks().get(i);
      if (then == null || then.revision() != now.revision()) {
        tasks.add(now);
        if (before != null) {
          noteTask(party, then, now, events, lines);
        }
      }
    }
  }

  private void noteJob(PartyState before, JobRow now, List<JobEvent> events, List<LogLine> lines) {
    if (before != null && before.job().edition() != now.edition()) {
      // The job has ended: followers must not take this for its next end.
      Map<String, Object> edition = Map.of("edition", now.edition());
      events.add(event(now.party(), "job.parameters", "", edition, events.size()));
      lines.add(line(now.party(), "", LogLine.Level.INFO, "job has other parameters now"));
      return;
    }
    Map<String, Object> details =
        Map.of("status", now.status().text(), "progress", now.progress(), "cause", now.cause());
    events.add(event(now.party(), "job.status", "", details, events.size()));
    if (before == null || before.job().status() != now.status()) {
      lines.add(
          line(
              now.party(),
              "",
              now.status() == JobStatus.FAILED ? LogLine.Level.ERROR : LogLine.Level.INFO,
              "job is " + now.status().text() + because(now.cause())));
    }
  }

  private void noteTask(
      Party party, TaskRow then, TaskRow now, List<JobEvent> events, List<LogLine> lines) {
    if (then == null || then.status() != now.status()) {
      events.add(taskEvent(party, "task.status", now, now.status(), events.size()));
    }
    if (then == null || then.partyStatus() != now.partyStatus()) {
      events.add(taskEvent(party, "task.party_status", now, now.partyStatus(), events.size()));
      lines.add(
          line(
              party,
              now.task().component(),
              now.partyStatus() == TaskStatus.FAILED ? LogLine.Level.ERROR : LogLine.Level.INFO,
              name(now) + " is " + now.partyStatus().text() + because(now.cause())));
    }
  }

  private JobEvent taskEvent(Party party, String kind, TaskRow row, TaskStatus status, int ahead) {
    return event(
        party,
        kind,
        row.task().component(),
        Map.of("status", status.text(), "version", row.task().version(), "cause", row.cause()),
        ahead);
  }

  private JobEvent event(
      Party party, String kind, String component, Map<String, Object> details, int ahead) {
    return new JobEvent(
        jobId, lastSequence + 1 + ahead, parts.clock().millis(), party, kind, component, details);
  }

  private LogLine line(Party party, String component, LogLine.Level level, String text) {
    return new LogLine(jobId, party, component, 0, parts.clock().millis(), level, text);
  }

  private static String name(TaskRow row) {
    int version = row.task().version();
    return row.task().component() + (version == 0 ? "" : ", attempt " + version + ",");
  }

  private static String because(String cause) {
    return cause.isEmpty() ? "" : ": " + cause;
  }

  /** Ends the write that is under way, and every later one, without waiting for the store. */
  void close(Throwable why) {
    closed = why;
    current.completeExceptionally(why);
  }

  /** The turn that is being stored; null if there is none. */
  Writing writing() {
    return writing;
  }

  /**
   * A turn that is being stored. Times are epoch milliseconds.
   *
   * @param since since when
   * @param tries how often the store failed it
   * @param nextTry when it is tried again; 0 if that is under way
   * @param failure what the store said last; empty if it did not fail yet
   */
  record Writing(long since, int tries, long nextTry, String failure) {}

  /**
   * Stores a turn.
   *
   * @param by as in {@link Signal.TurnStored}
   */
  private CompletionStage<Void> commit(StoreTurn turn, String by) {
    Commit commit = new Commit(turn, by);
    writing = new Writing(parts.clock().millis(), 0, 0, "");
    commit.done.whenComplete(
        (ok, failed) -> {
          writing = null;
          watch.over(commit);
        });
    current = commit.done;
    if (closed != null) {
      commit.done.completeExceptionally(closed);
    } else {
      commit.attempt();
    }
    return commit.done.thenRun(
        () -> {
          lastSequence += turn.events().size();
          parts.events().publish(jobId, turn.events());
          turn.lines().forEach(line -> parts.tracking().publish(jobId, new TaskNews.Logged(line)));
        });
  }

  /** A turn on its way into the store. One try after the other. */
  private final class Commit {

    private final StoreTurn turn;
    private final String by;
    private final long begun = System.nanoTime();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private int tries;
    private long failingSince;
    private long pause = StoreRetries.FIRST_PAUSE_MILLIS;

    /**
     * Whether an earlier try may have stored it: nobody else writes this job, so a revision that is
     * taken then is this turn's own.
     */
    private boolean unsure;

    private Commit(StoreTurn turn, String by) {
      this.turn = turn;
      this.by = by;
    }

    private void attempt() {
      if (done.isDone()) {
        return;
      }
      Writing before = writing;
      if (before != null) {
        writing = new Writing(before.since(), tries, 0, before.failure());
      }
      Stages.start(() -> parts.stores().jobs().commit(turn))
          .whenComplete((ok, failed) -> tried(failed == null ? null : Stages.unwrap(failed)));
    }

    private void tried(Throwable why) {
      tries++;
      if (why == null || unsure && isTaken(why)) {
        tellStored();
        done.complete(null);
      } else if (is(why, FailureKind.UNAVAILABLE) || is(why, FailureKind.UNKNOWN)) {
        unsure |= is(why, FailureKind.UNKNOWN);
        down(why);
      } else {
        done.completeExceptionally(why);
      }
    }

    private void down(Throwable why) {
      long now = parts.clock().millis();
      failingSince = tries == 1 ? now : failingSince;
      if (now - failingSince < parts.storePatience().toMillis()) {
        again(JobOutbox.reason(why), now);
      } else {
        done.completeExceptionally(
            new FedflowException(
                FailureKind.UNAVAILABLE,
                StoreOutage.CODE,
                "the store of this site stayed down for "
                    + parts.storePatience().toSeconds()
                    + " s: "
                    + JobOutbox.reason(why),
                why));
      }
    }

    private void tellStored() {
      int rows =
          turn.jobs().size() + turn.tasks().size() + (turn.coordination().isPresent() ? 1 : 0);
      long nanos = System.nanoTime() - begun;
      parts
          .telemetry()
          .signal(new Signal.TurnStored(jobId, by, rows, turn.events().size(), tries, nanos));
    }

    private void again(String why, long now) {
      long wait = pause;
      pause = Math.min(2 * pause, StoreRetries.LONGEST_PAUSE_MILLIS);
      Writing before = writing;
      if (before != null) {
        writing = new Writing(before.since(), tries, now + wait, why);
      }
      watch.waits(this, new StoreOutage(failingSince, now + wait, why));
      if (done.isDone()) {
        // It was closed meanwhile; it may not stay among those that wait.
        watch.over(this);
        return;
      }
      parts.telemetry().signal(new Signal.StoreRetried(jobId, tries, wait, why));
      try {
        parts.timers().after(wait, this::attempt);
      } catch (RejectedExecutionException ended) {
        done.completeExceptionally(JobIntake.siteClosed());
      }
    }

    private static boolean isTaken(Throwable failure) {
      return is(failure, FailureKind.CONFLICT) && !InstanceKeeper.isFenced(failure);
    }

    private static boolean is(Throwable failure, FailureKind kind) {
      return failure instanceof FedflowException known && known.kind() == kind;
    }
  }
}
