package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.job.CoordinationRow.HeldTask;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
   *     some, too: it tells again how the job ended
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
    List<HeldTask> tasks = new ArrayList<>();
    for (PlannedTask task : plan.tasks()) {
      Map<Party, TaskStatus> atParties = new LinkedHashMap<>();
      task.params().keySet().forEach(party -> atParties.put(party, TaskStatus.WAITING));
      tasks.add(new HeldTask(task.component(), 0, TaskStatus.WAITING, atParties));
    }
    return new CoordinationRow(
        jobId, plan.initiator(), JobStatus.READY, "", List.of(), tasks, now, 1);
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
   * @param now epoch milliseconds, for the row's time
   */
  public static Turn apply(CoordinationRow row, JobPlan plan, CoordinatorEvent event, long now) {
    if (row.status().terminal()) {
      Draft over = new Draft(row, plan);
      over.tellAgain(event);
      return new Turn(row, over.effects, "job is " + row.status() + " already");
    }
    if (plan == null && !(event instanceof CoordinatorEvent.StopAsked)) {
      return new Turn(row, List.of(), "the job's plan is lost");
    }
    Draft draft = new Draft(row, plan);
    String ignored;
    if (event instanceof CoordinatorEvent.CreateAnswered answered) {
      ignored = draft.createAnswered(answered);
    } else if (event instanceof CoordinatorEvent.Admitted) {
      ignored = draft.admitted();
    } else if (event instanceof CoordinatorEvent.TaskReported reported) {
      ignored = draft.reported(reported);
    } else {
      CoordinatorEvent.StopAsked asked = (CoordinatorEvent.StopAsked) event;
      ignored = draft.end(asked.status(), asked.cause());
    }
    return ignored.isEmpty()
        ? new Turn(draft.row(now), draft.effects, "")
        : new Turn(row, List.of(), ignored);
  }

  /** The row while one event is applied to it. */
  private static final class Draft {

    private final CoordinationRow before;
    private final JobPlan plan;
    private final List<Party> created;
    private final List<HeldTask> tasks;
    private final List<CoordinatorEffect> effects = new ArrayList<>();
    private JobStatus status;
    private String cause;

    Draft(CoordinationRow row, JobPlan plan) {
      this.before = row;
      this.plan = plan;
      this.created = new ArrayList<>(row.created());
      this.tasks = new ArrayList<>(row.tasks());
      this.status = row.status();
      this.cause = row.cause();
    }

    CoordinationRow row(long now) {
      return new CoordinationRow(
          before.jobId(),
          before.initiator(),
          status,
          cause,
          created,
          tasks,
          now,
          before.revision() + 1);
    }

    String createAnswered(CoordinatorEvent.CreateAnswered answered) {
      if (status != JobStatus.READY || created.contains(answered.party())) {
        return answered.party() + " answered already";
      }
      if (!answered.refusal().isEmpty()) {
        return end(JobStatus.FAILED, answered.party() + " refused the job: " + answered.refusal());
      }
      created.add(answered.party());
      if (created.size() == plan.parties().all().size()) {
        move(JobStatus.WAITING);
        effects.add(new CoordinatorEffect.Enqueue());
      }
      return "";
    }

    String admitted() {
      if (status != JobStatus.WAITING) {
        return "job is " + status + ", not WAITING";
      }
      move(JobStatus.RUNNING);
      tellJob();
      advance();
      return "";
    }

    String reported(CoordinatorEvent.TaskReported report) {
      int index = indexOf(report.task().component());
      if (index < 0) {
        return "the job has no component " + report.task().component();
      }
      HeldTask held = tasks.get(index);
      if (held.version() != report.task().version()) {
        return "version " + report.task().version() + " is stale; current is " + held.version();
      }
      TaskStatus known = held.atParties().get(report.party());
      if (known == null) {
        return report.party() + " does not run " + held.component();
      }
      if (known == TaskStatus.WAITING || !report.status().terminal()) {
        return report.party() + " reported " + report.status() + " of a part that is " + known;
      }
      if (!TaskTransitions.TABLE.allows(known, report.status())) {
        return report.party() + " reported " + known + " already";
      }
      Map<Party, TaskStatus> atParties = new LinkedHashMap<>(held.atParties());
      atParties.put(report.party(), report.status());
      TaskStatus combined = combine(atParties.values());
      tasks.set(index, new HeldTask(held.component(), held.version(), combined, atParties));
      if (combined == held.status()) {
        return "";
      }
      tellTask(tasks.get(index), combined.good() ? "" : report.cause());
      if (combined.good()) {
        advance();
        if (status == JobStatus.RUNNING) {
          tellJob();
        }
      } else if (combined.terminal()) {
        end(combined.asJobStatus(), report.cause());
      }
      return "";
    }

    String end(JobStatus to, String why) {
      boolean ill = to.terminal() && to != JobStatus.SUCCESS;
      if (!ill || !JobTransitions.TABLE.allows(status, to)) {
        return "job cannot move from " + status + " to " + to;
      }
      for (int i = 0; i < tasks.size(); i++) {
        HeldTask held = tasks.get(i);
        if (held.status() == TaskStatus.RUNNING) {
          TaskStatus ended =
              to == JobStatus.FAILED ? TaskStatus.CANCELED : TaskStatus.valueOf(to.name());
          Map<Party, TaskStatus> atParties = new LinkedHashMap<>(held.atParties());
          atParties.replaceAll((party, s) -> s.terminal() ? s : ended);
          tasks.set(i, new HeldTask(held.component(), held.version(), ended, atParties));
          tellTask(tasks.get(i), why);
        }
      }
      status = to;
      cause = why;
      tellJob();
      effects.add(new CoordinatorEffect.Finish());
      return "";
    }

    /** Starts every task whose inputs are there; ends the job when nothing is left. */
    private void advance() {
      boolean again = true;
      while (again) {
        again = false;
        BitSet done = new BitSet(tasks.size());
        BitSet started = new BitSet(tasks.size());
        for (int i = 0; i < tasks.size(); i++) {
          done.set(i, tasks.get(i).status().good());
          started.set(i, tasks.get(i).status() != TaskStatus.WAITING);
        }
        for (int node : plan.graph().ready(done, started)) {
          again |= start(node);
        }
      }
      if (tasks.stream().allMatch(t -> t.status().good())) {
        move(JobStatus.SUCCESS);
        tellJob();
        effects.add(new CoordinatorEffect.Finish());
      }
    }

    /** Starts a task; true if it ended at once because no party runs it. */
    private boolean start(int node) {
      HeldTask held = tasks.get(node);
      boolean nobody = held.atParties().isEmpty();
      TaskTransitions.TABLE.allows(TaskStatus.WAITING, TaskStatus.RUNNING);
      Map<Party, TaskStatus> running = new LinkedHashMap<>();
      held.atParties().keySet().forEach(party -> running.put(party, TaskStatus.RUNNING));
      tasks.set(
          node,
          new HeldTask(
              held.component(),
              held.version(),
              nobody ? TaskStatus.PASS : TaskStatus.RUNNING,
              running));
      TaskId id = new TaskId(before.jobId(), held.component(), held.version());
      running
          .keySet()
          .forEach(
              party ->
                  effects.add(
                      new CoordinatorEffect.Command(party, new PartyCommand.StartTask(id))));
      return nobody;
    }

    private void move(JobStatus to) {
      if (!JobTransitions.TABLE.allows(status, to)) {
        throw new IllegalStateException("job " + before.jobId() + ": " + status + " --> " + to);
      }
      status = to;
    }

    /**
     * A party that created the job after its end, or did not hear of it before a crash, must not
     * keep it forever.
     */
    void tellAgain(CoordinatorEvent event) {
      if (event instanceof CoordinatorEvent.CreateAnswered answered
          && answered.refusal().isEmpty()) {
        tellJob(List.of(answered.party()));
      } else if (event instanceof CoordinatorEvent.StopAsked) {
        tellJob(everybody());
      }
    }

    private void tellJob() {
      tellJob(everybody());
    }

    private void tellJob(Collection<Party> parties) {
      long ended = tasks.stream().filter(t -> t.status().terminal()).count();
      int progress = (int) (100 * ended / tasks.size());
      PartyCommand told = new PartyCommand.TellJobStatus(before.jobId(), status, progress, cause);
      parties.forEach(p -> effects.add(new CoordinatorEffect.Command(p, told)));
    }

    private Collection<Party> everybody() {
      if (plan != null) {
        return plan.parties().all();
      }
      Set<Party> known = new LinkedHashSet<>(created);
      tasks.forEach(task -> known.addAll(task.atParties().keySet()));
      return known;
    }

    private void tellTask(HeldTask held, String why) {
      TaskId id = new TaskId(before.jobId(), held.component(), held.version());
      PartyCommand told = new PartyCommand.TellTaskStatus(id, held.status(), why);
      held.atParties().keySet().forEach(p -> effects.add(new CoordinatorEffect.Command(p, told)));
    }

    private int indexOf(String component) {
      return plan.graph().contains(component) ? plan.graph().indexOf(component) : -1;
    }
  }
}
