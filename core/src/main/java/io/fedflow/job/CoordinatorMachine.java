package io.fedflow.job;

import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.job.CoordinationRow.HeldTask;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A job as a whole as a pure machine: row, plan and event in, next row and effects out. No clock,
 * no I/O, no exception for anything that a peer can cause: what does not apply is ignored, with the
 * reason.
 */
public final class CoordinatorMachine {

  private CoordinatorMachine() {}

  /**
   * What an event led to.
   *
   * @param next the row to store
   * @param effects to be done once it is stored, in order; an event that came too late may have
   *     some, too: it tells again how the job or the task ended
   * @param ignored why nothing changed; empty if something did
   */
  public record Turn(CoordinationRow next, List<CoordinatorEffect> effects, String ignored) {

    /** Copies the list. */
    public Turn {
      effects = List.copyOf(effects);
    }
  }

  /** The first row of a job: created nowhere yet. */
  public static CoordinationRow begin(String jobId, JobPlan plan, long now) {
    return begin(jobId, plan, Map.of(), now);
  }

  /**
   * The first row of a job that takes over tasks of another one.
   *
   * @param inherited how these tasks ended there
   */
  static CoordinationRow begin(
      String jobId, JobPlan plan, Map<String, TaskStatus> inherited, long now) {
    List<HeldTask> tasks = new ArrayList<>();
    for (PlannedTask task : plan.tasks()) {
      HeldTask first = HeldTask.first(task.component(), task.params().keySet());
      TaskStatus end = inherited.get(task.component());
      tasks.add(end == null ? first : first.ended(end));
    }
    return new CoordinationRow(
        jobId, plan.initiator(), JobStatus.READY, "", 0, 1, List.of(), tasks, 0, now, 1, 0);
  }

  /**
   * The status of a task over its parties (flow-v1 §3.5): the gravest ill end; running while any
   * part runs or some are over; otherwise what all say.
   */
  public static TaskStatus combine(Collection<TaskStatus> atParties) {
    TaskStatus worst = null;
    boolean anyLive = false;
    boolean anyOver = false;
    boolean anyRunning = false;
    for (TaskStatus status : atParties) {
      if (status.terminal() && !status.good()) {
        worst = worst == null || status.level() > worst.level() ? status : worst;
      }
      anyLive |= !status.terminal();
      anyOver |= status.terminal();
      anyRunning |= status == TaskStatus.RUNNING;
    }
    if (worst != null) {
      return worst;
    }
    if (!anyLive) {
      return !atParties.isEmpty() && atParties.stream().allMatch(s -> s == TaskStatus.PASS)
          ? TaskStatus.PASS
          : TaskStatus.SUCCESS;
    }
    return anyRunning || anyOver ? TaskStatus.RUNNING : TaskStatus.WAITING;
  }

  /**
   * Applies an event.
   *
   * @param plan null if the documents are lost or no longer plan: then only a stop applies
   * @param now epoch milliseconds
   */
  public static Turn apply(CoordinationRow row, JobPlan plan, CoordinatorEvent event, long now) {
    CoordinatorDraft draft = new CoordinatorDraft(row, plan, now);
    boolean again =
        event instanceof CoordinatorEvent.RerunAsked
            || event instanceof CoordinatorEvent.UpdateAsked;
    if (again && !row.status().terminal()) {
      return new Turn(row, List.of(), "job is " + row.status() + "; stop it first, or wait");
    }
    if (row.status().terminal() && !again) {
      draft.tellAgain(event);
      return new Turn(row, draft.effects(), "job is " + row.status() + " already");
    }
    if (plan == null && !(event instanceof CoordinatorEvent.StopAsked)) {
      return new Turn(row, List.of(), "the job's plan is lost");
    }
    String ignored = draft.apply(event);
    return new Turn(ignored.isEmpty() ? draft.row() : row, draft.effects(), ignored);
  }
}
