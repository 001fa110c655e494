package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.queue.JobEvent;
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
 * Stores the turns of one job with their events, tries again while the store is down, and tells the
 * followers.
 */
final class TurnStore {

  private static final System.Logger LOG = System.getLogger(TurnStore.class.getName());
  private static final int TRIES = 12;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final String jobId;
  private final EngineParts parts;
  private volatile CompletableFuture<Void> current = CompletableFuture.completedFuture(null);
  private volatile Throwable closed;
  private volatile Writing writing;
  private long lastSequence;

  TurnStore(String jobId, EngineParts parts, long lastSequence) {
    this.jobId = jobId;
    this.parts = parts;
    this.lastSequence = lastSequence;
  }

  /** Stores a coordinator's row. */
  CompletionStage<Void> coordination(CoordinationRow row) {
    return commit(
        new StoreTurn(jobId, List.of(), List.of(), Optional.of(row), List.of()), List.of());
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
    List<JobRow> jobs = new ArrayList<>();
    List<TaskRow> tasks = new ArrayList<>();
    List<JobEvent> events = new ArrayList<>();
    List<LogLine> lines = new ArrayList<>();
    for (Change change : changes) {
      note(change.before, change.after, jobs, tasks, events, lines);
    }
    return commit(new StoreTurn(jobId, jobs, tasks, Optional.empty(), events), lines);
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

  private CompletionStage<Void> commit(StoreTurn turn, List<LogLine> lines) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    writing = new Writing(parts.clock().millis(), 0, 0, "");
    done.whenComplete((ok, failed) -> writing = null);
    current = done;
    if (closed != null) {
      done.completeExceptionally(closed);
    } else {
      attempt(turn, 1, false, FIRST_PAUSE_MILLIS, done);
    }
    return done.thenRun(
        () -> {
          lastSequence += turn.events().size();
          parts.events().publish(jobId, turn.events());
          if (!lines.isEmpty()) {
            append(lines);
            lines.forEach(l -> parts.tracking().publish(jobId, new TaskNews.Logged(l)));
          }
        });
  }

  /** Lines of the log may be lost; the turn that they tell of is stored. */
  private void append(List<LogLine> lines) {
    Stages.start(() -> parts.stores().tracking().appendLog(lines))
        .whenComplete(
            (ok, failed) -> {
              if (failed != null) {
                LOG.log(
                    System.Logger.Level.WARNING,
                    () -> jobId + ": log lines were lost: " + Stages.unwrap(failed).getMessage());
              }
            });
  }

  /**
   * Tries to store a turn.
   *
   * @param unsure whether an earlier try may have stored it: nobody else writes this job, so a
   *     revision that is taken then is this turn's own
   */
  private void attempt(
      StoreTurn turn, int number, boolean unsure, long pause, CompletableFuture<Void> done) {
    Stages.start(() -> parts.stores().jobs().commit(turn))
        .whenComplete(
            (ok, failed) -> {
              Throwable why = failed == null ? null : Stages.unwrap(failed);
              if (why == null || unsure && is(why, FailureKind.CONFLICT)) {
                done.complete(null);
              } else if (number < TRIES
                  && (is(why, FailureKind.UNAVAILABLE) || is(why, FailureKind.UNKNOWN))) {
                noteTrouble(number, pause, why);
                again(turn, number + 1, unsure || is(why, FailureKind.UNKNOWN), pause, done);
              } else {
                done.completeExceptionally(why);
              }
            });
  }

  private void noteTrouble(int tries, long pause, Throwable why) {
    Writing before = writing;
    if (before != null) {
      long next = parts.clock().millis() + pause;
      writing = new Writing(before.since(), tries, next, JobOutbox.reason(why));
    }
  }

  private static boolean is(Throwable failure, FailureKind kind) {
    return failure instanceof FedflowException known && known.kind() == kind;
  }

  private void again(
      StoreTurn turn, int number, boolean unsure, long pause, CompletableFuture<Void> done) {
    long longer = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    try {
      parts.timers().after(pause, () -> attempt(turn, number, unsure, longer, done));
    } catch (RejectedExecutionException ended) {
      done.completeExceptionally(JobEngine.siteClosed());
    }
  }
}
