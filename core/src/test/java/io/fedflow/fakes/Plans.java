package io.fedflow.fakes;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskId;
import io.fedflow.component.TaskOutputs;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.JobPlanner;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.job.Inheritance;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.PartyState;
import io.fedflow.job.TaskRow;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans and rows of small jobs. */
public final class Plans {

  /** The party that submits. */
  public static final Party GUEST = new Party(Role.GUEST, "1");

  /** Its first partner. */
  public static final Party HOST = new Party(Role.HOST, "2");

  /** The third party. */
  public static final Party ARBITER = new Party(Role.ARBITER, "3");

  /** The id of all jobs made here. */
  public static final String JOB = "202601010000000000000";

  private static final List<Component> COMPONENTS =
      List.of(
          Fake.idle("Step"),
          Fake.of("GuestStep", Set.of(Role.GUEST), context -> TaskOutputs.none()),
          Fake.of("LocalStep", Set.of(Role.LOCAL), context -> TaskOutputs.none()));

  private Plans() {}

  /** A pipeline of guest and host, of which two tasks may run at once. */
  public static Pipeline two() {
    return new Pipeline()
        .party(Role.GUEST, "1")
        .party(Role.HOST, "2")
        .jobParameter("task_parallelism", 2);
  }

  /** A pipeline of guest, host and arbiter. */
  public static Pipeline three() {
    return two().party(Role.ARBITER, "3");
  }

  /**
   * Plans with the modules {@code Step} (all three roles), {@code GuestStep} and {@code LocalStep}.
   */
  public static JobPlan plan(Pipeline pipeline) {
    return plan(pipeline.compile());
  }

  /** Plans documents with the same modules. */
  public static JobPlan plan(JobDocuments documents) {
    return JobPlanner.plan(documents, new ComponentCatalog(COMPONENTS));
  }

  /** Guest and host; a feeds b and c, which feed d. */
  public static JobPlan diamond() {
    return diamond("auto_retries", 0);
  }

  /** The same with a job parameter. */
  public static JobPlan diamond(String parameter, Object value) {
    Pipeline pipeline = two().jobParameter(parameter, value);
    pipeline.add("a", "Step");
    pipeline.add("b", "Step").data("a");
    pipeline.add("c", "Step").data("a");
    pipeline.add("d", "Step").data("b").data("train_data", "c");
    return plan(pipeline);
  }

  /** The same plan, in which no party runs any component. */
  public static JobPlan withoutRunners(JobPlan plan) {
    List<PlannedTask> tasks =
        plan.tasks().stream()
            .map(
                task ->
                    new PlannedTask(
                        task.component(),
                        task.module(),
                        Map.of(),
                        task.data(),
                        task.models(),
                        task.isometric(),
                        task.caches(),
                        task.dataOutputs(),
                        task.modelOutputs(),
                        task.cacheOutputs(),
                        task.needDeploy(),
                        task.stage()))
            .toList();
    return new JobPlan(
        plan.initiator(), plan.parties(), plan.settings(), tasks, plan.graph(), plan.warnings());
  }

  /** The first attempt of a component of the job. */
  public static TaskId task(String component) {
    return new TaskId(JOB, component, 0);
  }

  /** What a party stores first. */
  public static PartyState created(JobPlan plan, Party party) {
    List<TaskRow> tasks =
        plan.tasks().stream()
            .filter(task -> task.runsAt(party))
            .map(task -> waiting(task, party))
            .toList();
    return new PartyState(job(plan, party), tasks);
  }

  private static TaskRow waiting(PlannedTask task, Party party) {
    return TaskRow.waiting(task(task.component()), party, task.module(), Map.of(), 1, 1);
  }

  private static JobRow job(JobPlan plan, Party party) {
    return new JobRow(
        JOB,
        party,
        plan.initiator(),
        plan.parties(),
        Map.of(),
        Map.of(),
        plan.settings().toTree(),
        "model",
        JOB,
        7,
        JobStatus.READY,
        0,
        "",
        "",
        0,
        0,
        0,
        false,
        1,
        0,
        0,
        1,
        1,
        0,
        Inheritance.NONE);
  }
}
