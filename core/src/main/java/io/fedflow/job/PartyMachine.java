package io.fedflow.job;

import io.fedflow.federation.Federation.Traffic;
import java.util.ArrayList;
import java.util.List;

/**
 * One party's part of a job as a pure machine: state and event in, next state and effects out. No
 * clock, no I/O, no exception for anything that a peer can cause: what does not apply is ignored,
 * with the reason.
 */
public final class PartyMachine {

  private PartyMachine() {}

  /**
   * What an event led to.
   *
   * @param next the state to store
   * @param effects to be done once it is stored
   * @param ignored why nothing changed; empty if something did
   */
  public record Turn(PartyState next, List<PartyEffect> effects, String ignored) {

    /** Copies the list. */
    public Turn {
      effects = List.copyOf(effects);
    }

    static Turn ignore(PartyState state, String why) {
      return new Turn(state, List.of(), why);
    }
  }

  /**
   * Applies an event.
   *
   * @param now epoch milliseconds, for the rows' times
   */
  public static Turn apply(PartyState state, PartyEvent event, long now) {
    if (event instanceof PartyEvent.JobTold told) {
      return jobTold(state, told, now);
    }
    if (event instanceof PartyEvent.StartAsked asked) {
      return startAsked(state, asked, now);
    }
    if (event instanceof PartyEvent.TaskTold told) {
      return taskTold(state, told, now);
    }
    return taskEnded(state, (PartyEvent.TaskEnded) event, now);
  }

  private static Turn jobTold(PartyState state, PartyEvent.JobTold told, long now) {
    JobRow job = state.job();
    if (told.status() == job.status()) {
      return told.progress() > job.progress() && !job.status().terminal()
          ? new Turn(state.with(job.progressed(told.progress(), now)), List.of(), "")
          : Turn.ignore(state, "job is " + job.status() + " already");
    }
    if (!JobTransitions.TABLE.allows(job.status(), told.status())) {
      return Turn.ignore(state, "job cannot move from " + job.status() + " to " + told.status());
    }
    PartyState next = state.with(job.moved(told.status(), told.cause(), now));
    List<PartyEffect> effects = new ArrayList<>();
    if (told.status().terminal()) {
      for (TaskRow row : state.tasks()) {
        if (row.partyStatus() == TaskStatus.RUNNING) {
          next = interrupt(next, row, TaskStatus.CANCELED, told.cause(), now);
          effects.add(new PartyEffect.StopTask(row.task(), told.cause()));
        }
      }
      effects.add(new PartyEffect.Forget());
    }
    return new Turn(next, effects, "");
  }

  private static Turn startAsked(PartyState state, PartyEvent.StartAsked asked, long now) {
    TaskRow row = state.task(asked.task()).orElse(null);
    if (row == null) {
      return Turn.ignore(state, "this party does not run " + asked.task());
    }
    JobStatus job = state.job().status();
    if (job != JobStatus.RUNNING && job != JobStatus.WAITING) {
      return Turn.ignore(state, "job is " + job + ", not RUNNING");
    }
    if (row.status().terminal()
        || !TaskTransitions.TABLE.allows(row.partyStatus(), TaskStatus.RUNNING)) {
      return Turn.ignore(state, asked.task() + " is " + row.partyStatus() + " already");
    }
    TaskRow running =
        new TaskRow(
            row.task(),
            row.party(),
            row.module(),
            TaskStatus.RUNNING,
            TaskStatus.RUNNING,
            "",
            row.params(),
            row.traffic(),
            row.createTime(),
            now,
            0,
            now,
            row.revision() + 1);
    PartyState next = state.with(running);
    if (job == JobStatus.WAITING) {
      // Only a running job starts tasks: the word that it runs was lost on its way.
      next = next.with(state.job().moved(JobStatus.RUNNING, "", now));
    }
    return new Turn(next, List.of(new PartyEffect.RunTask(asked.task())), "");
  }

  private static Turn taskTold(PartyState state, PartyEvent.TaskTold told, long now) {
    TaskRow row = state.task(told.task()).orElse(null);
    if (row == null) {
      return Turn.ignore(state, "this party does not run " + told.task());
    }
    boolean illEnd = told.status().terminal() && !told.status().good();
    if (illEnd && row.status() == TaskStatus.WAITING) {
      // Started elsewhere, never here: this party must not start it any more.
      return new Turn(state.with(neverStarted(row, told, now)), List.of(), "");
    }
    if (!TaskTransitions.TABLE.allows(row.status(), told.status())) {
      return Turn.ignore(
          state, told.task() + " cannot move from " + row.status() + " to " + told.status());
    }
    if (illEnd && row.partyStatus() == TaskStatus.RUNNING) {
      return new Turn(
          interrupt(state, row, told.status(), told.cause(), now),
          List.of(new PartyEffect.StopTask(told.task(), told.cause())),
          "");
    }
    return new Turn(state.with(row.told(told.status(), now)), List.of(), "");
  }

  private static TaskRow neverStarted(TaskRow row, PartyEvent.TaskTold told, long now) {
    TaskTransitions.TABLE.allows(TaskStatus.WAITING, TaskStatus.CANCELED);
    return new TaskRow(
        row.task(),
        row.party(),
        row.module(),
        told.status(),
        TaskStatus.CANCELED,
        told.cause(),
        row.params(),
        row.traffic(),
        row.createTime(),
        0,
        now,
        now,
        row.revision() + 1);
  }

  private static Turn taskEnded(PartyState state, PartyEvent.TaskEnded ended, long now) {
    TaskRow row = state.task(ended.task()).orElse(null);
    if (row == null) {
      return Turn.ignore(state, "this party does not run " + ended.task());
    }
    if (!ended.status().terminal()
        || !TaskTransitions.TABLE.allows(row.partyStatus(), ended.status())) {
      return Turn.ignore(
          state,
          ended.task() + " is " + row.partyStatus() + " already; " + ended.status() + " came late");
    }
    TaskRow next = row.moved(ended.status(), ended.cause(), ended.traffic(), now);
    return new Turn(
        state.with(next),
        List.of(
            new PartyEffect.Report(ended.task(), ended.status(), ended.cause(), ended.traffic())),
        "");
  }

  /** One revision that moves both statuses of a running task. */
  private static PartyState interrupt(
      PartyState state, TaskRow row, TaskStatus to, String cause, long now) {
    TaskTransitions.TABLE.allows(row.partyStatus(), to);
    Traffic traffic = row.traffic();
    return state.with(
        new TaskRow(
            row.task(),
            row.party(),
            row.module(),
            row.status().terminal() ? row.status() : to,
            to,
            cause,
            row.params(),
            traffic,
            row.createTime(),
            row.startTime(),
            now,
            now,
            row.revision() + 1));
  }
}
