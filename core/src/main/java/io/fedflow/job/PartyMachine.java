package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.failure.Confidential;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    if (event instanceof PartyEvent.Approved) {
      return approved(state, now);
    }
    if (event instanceof PartyEvent.SlotsAsked asked) {
      return slotsAsked(state, asked, now);
    }
    if (event instanceof PartyEvent.SlotsHeld held) {
      return slotsHeld(state, held, now);
    }
    if (event instanceof PartyEvent.SlotsReturned returned) {
      return slotsReturned(state, returned.askRound(), now);
    }
    if (event instanceof PartyEvent.NotesGiven given) {
      return notesGiven(state, given.text(), now);
    }
    if (event instanceof PartyEvent.RerunTold told) {
      return rerunTold(state, told, now);
    }
    if (event instanceof PartyEvent.ConfTold told) {
      return confTold(state, told, now);
    }
    if (event instanceof PartyEvent.Inherited || event instanceof PartyEvent.NotInherited) {
      return inheritance(state, event, now);
    }
    if (event instanceof PartyEvent.PrepareAsked asked) {
      return prepareAsked(state, asked.task(), now);
    }
    if (event instanceof PartyEvent.StartAsked asked) {
      return startAsked(state, asked.task(), now);
    }
    if (event instanceof PartyEvent.TaskTold told) {
      return taskTold(state, told, now);
    }
    if (event instanceof PartyEvent.TaskLost lost) {
      return taskLost(state, lost, now);
    }
    return taskEnded(state, (PartyEvent.TaskEnded) event, now);
  }

  private static Turn jobTold(PartyState state, PartyEvent.JobTold told, long now) {
    JobRow job = state.job();
    if (told.round() > job.round() && told.status().terminal()) {
      return endOfUnheardRound(state, told, now);
    }
    if (told.round() != job.round()) {
      return Turn.ignore(state, "round " + told.round() + " is stale; current is " + job.round());
    }
    if (told.status() == job.status()) {
      return told.progress() > job.progress() && !job.status().terminal()
          ? new Turn(state.with(job.progressed(told.progress(), now)), List.of(), "")
          : Turn.ignore(state, "job is " + job.status() + " already");
    }
    // The words in between may have been lost.
    if (!JobTransitions.TABLE.leads(job.status(), told.status())) {
      return Turn.ignore(state, "job cannot move from " + job.status() + " to " + told.status());
    }
    return moved(state, job.moved(told.status(), detailed(state, told.cause()), now), told, now);
  }

  /** The coordinator tells what other sites may read; of its own parts this one knows more. */
  private static String detailed(PartyState state, String told) {
    String detailed = told;
    // The last attempts are last, and it is their end that ended the job.
    for (int i = state.tasks().size() - 1; i >= 0; i--) {
      detailed = Confidential.restore(detailed, state.tasks().get(i).cause());
    }
    return detailed;
  }

  /** A round is over that this party did not begin: it could not, or did not hear of it. */
  private static Turn endOfUnheardRound(PartyState state, PartyEvent.JobTold told, long now) {
    JobTransitions.TABLE.leads(JobStatus.WAITING, told.status());
    JobRow ended = state.job().skipped(told.round(), told.status(), told.cause(), now);
    return moved(state, ended, told, now);
  }

  private static Turn moved(PartyState state, JobRow job, PartyEvent.JobTold told, long now) {
    PartyState next = state.with(job);
    List<PartyEffect> effects = new ArrayList<>();
    if (told.status().terminal()) {
      for (TaskRow row : state.tasks()) {
        if (row.partyStatus() == TaskStatus.RUNNING) {
          next = next.with(interrupted(row, TaskStatus.CANCELED, told.cause(), now));
          effects.add(new PartyEffect.StopTask(row.task(), told.cause()));
        }
      }
      effects.add(new PartyEffect.Forget());
    }
    return new Turn(next, effects, "");
  }

  private static Turn approved(PartyState state, long now) {
    JobRow job = state.job();
    if (job.status().terminal() || !job.unapproved()) {
      return Turn.ignore(
          state, job.status().terminal() ? "job is " + job.status() : "it is approved already");
    }
    return new Turn(state.with(job.noted(job.notes(), now).unapproved(false)), List.of(), "");
  }

  private static Turn slotsAsked(PartyState state, PartyEvent.SlotsAsked asked, long now) {
    JobRow job = state.job();
    String ignored = notWaiting(job, asked.round());
    if (!ignored.isEmpty()) {
      return Turn.ignore(state, ignored);
    }
    boolean grants = asked.slots().isPresent() && job.slotRound() != asked.askRound();
    if (job.status() == JobStatus.WAITING && !grants) {
      return Turn.ignore(state, "job is WAITING already");
    }
    if (job.status() == JobStatus.READY) {
      JobTransitions.TABLE.allows(JobStatus.READY, JobStatus.WAITING);
    }
    JobRow next =
        grants
            ? job.waits(asked.slots().getAsInt(), asked.askRound(), now)
            : job.waits(job.slots(), job.slotRound(), now);
    return new Turn(state.with(next), List.of(), "");
  }

  private static Turn slotsHeld(PartyState state, PartyEvent.SlotsHeld held, long now) {
    JobRow job = state.job();
    String ignored = notWaiting(job, job.round());
    if (ignored.isEmpty() && held.askRound() <= job.slotRound()) {
      ignored = "slots of round " + job.slotRound() + " are held already";
    }
    return ignored.isEmpty()
        ? new Turn(state.with(job.holds(held.slots(), held.askRound(), now)), List.of(), "")
        : Turn.ignore(state, ignored);
  }

  private static Turn slotsReturned(PartyState state, int askRound, long now) {
    JobRow job = state.job();
    String ignored = notWaiting(job, job.round());
    if (ignored.isEmpty() && (job.slotRound() == 0 || job.slotRound() > askRound)) {
      ignored = "no slots of round " + askRound + " are held";
    }
    return ignored.isEmpty()
        ? new Turn(state.with(job.holds(0, 0, now)), List.of(), "")
        : Turn.ignore(state, ignored);
  }

  /** Why slots are neither asked for, granted nor returned; empty if they can be. */
  static String notWaiting(JobRow job, int round) {
    if (round != job.round()) {
      return "round " + round + " is stale; current is " + job.round();
    }
    boolean waits = job.status() == JobStatus.READY || job.status() == JobStatus.WAITING;
    return waits ? "" : "job is " + job.status() + ", not WAITING";
  }

  private static Turn notesGiven(PartyState state, String text, long now) {
    return text.equals(state.job().notes())
        ? Turn.ignore(state, "the notes say that already")
        : new Turn(state.with(state.job().noted(text, now)), List.of(), "");
  }

  private static Turn rerunTold(PartyState state, PartyEvent.RerunTold told, long now) {
    JobRow job = state.job();
    if (told.round() <= job.round()) {
      return Turn.ignore(state, "round " + told.round() + " is not after " + job.round());
    }
    JobTransitions.TABLE.allows(job.status(), JobStatus.WAITING);
    List<PartyEffect> effects = new ArrayList<>();
    PartyState next = state.with(job.again(told.round(), now));
    for (TaskRow row : state.tasks()) {
      TaskId task = row.task();
      boolean latest = state.latest(task.component()).orElseThrow().equals(row);
      int version = told.attempts().getOrDefault(task.component(), 0);
      if (latest && version > task.version()) {
        // What still runs here had its end told, but the word was lost.
        Turn fresh = anotherAttempt(next, row, version, now);
        next = fresh.next();
        effects.addAll(fresh.effects());
      }
    }
    for (TaskRow row : next.tasks()) {
      Map<String, Object> params = told.params().get(row.task().component());
      if (row.partyStatus() == TaskStatus.WAITING
          && params != null
          && !params.equals(row.params())) {
        boolean stored = state.task(row.task()).isPresent();
        next = next.with(stored ? row.with(params, now) : row.with(params, now).unstored());
      }
    }
    effects.add(new PartyEffect.Expect());
    return new Turn(next, effects, "");
  }

  private static Turn inheritance(PartyState state, PartyEvent event, long now) {
    Inheritance inheritance = state.job().inheritance();
    if (inheritance.status() != Inheritance.Status.RUNNING) {
      return Turn.ignore(state, "inheritance is " + inheritance.status() + " already");
    }
    if (event instanceof PartyEvent.NotInherited) {
      JobRow failed = state.job().inherited(inheritance.in(Inheritance.Status.FAILED), now);
      return new Turn(state.with(failed), List.of(), "");
    }
    PartyState next =
        state.with(state.job().inherited(inheritance.in(Inheritance.Status.SUCCESS), now));
    for (TaskRow attempt : ((PartyEvent.Inherited) event).attempts()) {
      next = next.and(attempt);
    }
    return new Turn(next, List.of(), "");
  }

  private static Turn confTold(PartyState state, PartyEvent.ConfTold told, long now) {
    JobRow job = state.job();
    if (told.edition() <= job.edition()) {
      return Turn.ignore(state, "edition " + told.edition() + " is known already, or stale");
    }
    if (told.round() <= job.round()) {
      return Turn.ignore(state, "round " + told.round() + " is not after " + job.round());
    }
    return new Turn(
        state.with(job.updated(told.edition(), told.conf(), told.settings(), now)), List.of(), "");
  }

  private static Turn prepareAsked(PartyState state, TaskId task, long now) {
    TaskRow latest = state.latest(task.component()).orElse(null);
    String ignored = notAsked(state, latest, task);
    if (ignored.isEmpty() && latest.task().version() == task.version()) {
      ignored = task + " is known already";
    }
    return ignored.isEmpty()
        ? anotherAttempt(state, latest, task.version(), now)
        : Turn.ignore(state, ignored);
  }

  private static Turn startAsked(PartyState state, TaskId task, long now) {
    TaskRow latest = state.latest(task.component()).orElse(null);
    String ignored = notAsked(state, latest, task);
    if (!ignored.isEmpty()) {
      return Turn.ignore(state, ignored);
    }
    // The word that prepared the attempt may have been lost.
    Turn prepared =
        latest.task().version() < task.version()
            ? anotherAttempt(state, latest, task.version(), now)
            : new Turn(state, List.of(), "");
    TaskRow row = prepared.next().task(task).orElseThrow();
    if (row.status().terminal()
        || !TaskTransitions.TABLE.allows(row.partyStatus(), TaskStatus.RUNNING)) {
      boolean unheard = row.partyStatus().terminal() && !row.status().terminal();
      return new Turn(
          state,
          unheard ? List.of(PartyEffect.Report.of(row)) : List.of(),
          task + " is " + row.partyStatus() + " already");
    }
    if (!hasFreeSlot(prepared.next())) {
      return new Turn(
          state,
          List.of(new PartyEffect.Align()),
          "all " + state.job().slots() + " slots are in use: an end must have been missed");
    }
    TaskRow running = row.moved(TaskStatus.RUNNING, TaskStatus.RUNNING, "", now);
    boolean stored = state.task(task).isPresent();
    PartyState next = prepared.next().with(stored ? running : running.unstored());
    if (state.job().status() == JobStatus.WAITING) {
      // Only a running job starts tasks: the word that it runs was lost on its way.
      JobTransitions.TABLE.allows(JobStatus.WAITING, JobStatus.RUNNING);
      next = next.with(state.job().moved(JobStatus.RUNNING, "", now));
    }
    List<PartyEffect> effects = new ArrayList<>(prepared.effects());
    effects.add(new PartyEffect.RunTask(task));
    return new Turn(next, effects, "");
  }

  /** Views of before slots were counted hold none. */
  private static boolean hasFreeSlot(PartyState state) {
    long running =
        state.tasks().stream().filter(t -> t.partyStatus() == TaskStatus.RUNNING).count();
    return state.job().slotRound() == 0 || running < state.job().slots();
  }

  /** Why an attempt can be neither prepared nor started; empty if it can. */
  private static String notAsked(PartyState state, TaskRow latest, TaskId task) {
    if (latest == null) {
      return "this party does not run " + task;
    }
    JobStatus job = state.job().status();
    if (job != JobStatus.RUNNING && job != JobStatus.WAITING) {
      return "job is " + job + ", not RUNNING";
    }
    return task.version() < latest.task().version()
        ? task + " is stale; current is version " + latest.task().version()
        : "";
  }

  /** Adds an attempt. The one before ends here if it has not: no two of them may ever run. */
  private static Turn anotherAttempt(PartyState state, TaskRow latest, int version, long now) {
    String cause = "attempt " + version + " took its place";
    TaskRow fresh = latest.attempt(version, now);
    if (latest.partyStatus().terminal()) {
      return new Turn(state.and(fresh), List.of(), "");
    }
    boolean runs = latest.partyStatus() == TaskStatus.RUNNING;
    TaskRow ended = interrupted(latest, TaskStatus.CANCELED, cause, now);
    return new Turn(
        state.with(ended).and(fresh),
        runs ? List.of(new PartyEffect.StopTask(latest.task(), cause)) : List.of(),
        "");
  }

  private static Turn taskTold(PartyState state, PartyEvent.TaskTold told, long now) {
    TaskRow row = state.task(told.task()).orElse(null);
    boolean illEnd = told.status().terminal() && !told.status().good();
    TaskRow latest = state.latest(told.task().component()).orElse(null);
    if (row == null
        && illEnd
        && latest != null
        && told.task().version() > latest.task().version()) {
      // Its announcement was lost or is late: it must not be started when that comes.
      TaskTransitions.TABLE.allows(TaskStatus.WAITING, TaskStatus.CANCELED);
      Turn known = anotherAttempt(state, latest, told.task().version(), now);
      TaskRow never =
          known
              .next()
              .task(told.task())
              .orElseThrow()
              .moved(told.status(), TaskStatus.CANCELED, told.cause(), now);
      return new Turn(known.next().with(never.unstored()), known.effects(), "");
    }
    if (row == null) {
      return Turn.ignore(state, "this party does not run " + told.task());
    }
    if (illEnd && row.status() == TaskStatus.WAITING) {
      // Started elsewhere, never here: this party must not start it any more.
      TaskTransitions.TABLE.allows(TaskStatus.WAITING, TaskStatus.CANCELED);
      TaskRow never = row.moved(told.status(), TaskStatus.CANCELED, told.cause(), now);
      return new Turn(state.with(never), List.of(), "");
    }
    if (!TaskTransitions.TABLE.allows(row.status(), told.status())) {
      return Turn.ignore(
          state, told.task() + " cannot move from " + row.status() + " to " + told.status());
    }
    if (illEnd && row.partyStatus() == TaskStatus.RUNNING) {
      return new Turn(
          state.with(interrupted(row, told.status(), told.cause(), now)),
          List.of(new PartyEffect.StopTask(told.task(), told.cause())),
          "");
    }
    // A part that ended well here is part of what failed elsewhere, and says why.
    String why = illEnd ? told.cause() : "";
    return new Turn(state.with(row.told(told.status(), why, now)), List.of(), "");
  }

  private static Turn taskLost(PartyState state, PartyEvent.TaskLost lost, long now) {
    TaskRow row = state.task(lost.task()).orElse(null);
    if (row == null || row.partyStatus() != TaskStatus.RUNNING) {
      return Turn.ignore(state, lost.task() + " does not run here");
    }
    TaskTransitions.TABLE.allows(TaskStatus.RUNNING, TaskStatus.FAILED);
    return ended(state, row.gone(lost.cause(), now));
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
    return ended(state, row.moved(ended.status(), ended.cause(), ended.traffic(), now));
  }

  private static Turn ended(PartyState state, TaskRow row) {
    return new Turn(state.with(row), List.of(PartyEffect.Report.of(row)), "");
  }

  /** One revision that moves both statuses of a part that is not over. */
  private static TaskRow interrupted(TaskRow row, TaskStatus to, String cause, long now) {
    TaskTransitions.TABLE.allows(row.partyStatus(), to);
    return row.moved(row.status().terminal() ? row.status() : to, to, cause, now);
  }
}
