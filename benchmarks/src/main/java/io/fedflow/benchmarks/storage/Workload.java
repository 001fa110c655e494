package io.fedflow.benchmarks.storage;

import io.fedflow.component.TaskId;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.job.CoordinationRow;
import io.fedflow.job.Inheritance;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskRow;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.StoreTurn;
import io.fedflow.tracking.MetricValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The writes of jobs of five tasks at three parties, with documents of about a kilobyte. */
final class Workload {

  static final int TASKS = 5;
  static final Party GUEST = new Party(Role.GUEST, "9999");
  static final Party HOST = new Party(Role.HOST, "10000");
  static final List<Party> PARTIES = List.of(GUEST, HOST, new Party(Role.ARBITER, "10000"));

  private static final Parties ALL =
      new Parties(
          Map.of(
              Role.GUEST,
              List.of("9999"),
              Role.HOST,
              List.of("10000"),
              Role.ARBITER,
              List.of("10000")));
  private static final Traffic NONE = new Traffic(0, 0, 0, 0);
  private static final long NOW = 1_700_000_000_000L;
  private static final Map<String, Object> DSL = dsl();
  private static final Map<String, Object> CONF =
      Map.of(
          "dsl_version", 2,
          "initiator", Map.of("role", "guest", "party_id", 9999),
          "role", Map.of("guest", List.of(9999), "host", List.of(10000)),
          "job_parameters", Map.of("common", Map.of("job_type", "train")));
  private static final Map<String, Object> PARAMETERS =
      Map.of("penalty", "L2", "alpha", 0.01, "max_iter", 30, "batch_size", 320, "need_run", true);

  private Workload() {}

  private static Map<String, Object> dsl() {
    Map<String, Object> components = new LinkedHashMap<>();
    for (int i = 0; i < TASKS; i++) {
      components.put(
          component(i),
          Map.of(
              "module", "HeteroLR",
              "input", Map.of("data", Map.of("train_data", List.of("before_" + i + ".data"))),
              "output", Map.of("data", List.of("data"), "model", List.of("model"))));
    }
    return Map.of("components", components);
  }

  private static String component(int task) {
    return "hetero_lr_" + task;
  }

  /** An id of FATE's form. */
  static String jobId(long number) {
    return "20261129" + String.format("%013d", number);
  }

  /** A view of a job that was created so many milliseconds after the first one. */
  static JobRow view(long number, Party party, JobStatus status, long after, String notes) {
    boolean started = status != JobStatus.READY && status != JobStatus.WAITING;
    String id = jobId(number);
    return new JobRow(
        id,
        party,
        GUEST,
        ALL,
        DSL,
        CONF,
        Map.of("job_type", "train"),
        "guest-9999#model",
        id,
        7L,
        status,
        0,
        "",
        notes,
        0,
        0,
        0,
        false,
        NOW + after,
        started ? NOW + after : 0,
        status.terminal() ? NOW + after + 60_000 : 0,
        NOW + after,
        1,
        0,
        Inheritance.NONE);
  }

  private static TaskRow task(String jobId, int task, Party party) {
    return TaskRow.waiting(
        new TaskId(jobId, component(task), 0), party, "HeteroLR", PARAMETERS, NOW, NOW);
  }

  /** All that a site which serves all parties stores when a job is created. */
  static StoreTurn creation(long number) {
    String id = jobId(number);
    List<JobRow> views = new ArrayList<>();
    List<TaskRow> tasks = new ArrayList<>();
    for (Party party : PARTIES) {
      views.add(view(number, party, JobStatus.READY, number, ""));
      for (int task = 0; task < TASKS; task++) {
        tasks.add(task(id, task, party));
      }
    }
    CoordinationRow coordination =
        new CoordinationRow(id, GUEST, JobStatus.READY, "", 0, 1, PARTIES, List.of(), 0, NOW, 1, 0);
    return new StoreTurn(id, views, tasks, Optional.of(coordination), List.of());
  }

  /**
   * The moves of a job's tasks at one party: each runs and ends, a turn with an event for each.
   *
   * @return two for each task, in order
   */
  static List<StoreTurn> transitions(long number) {
    String id = jobId(number);
    List<StoreTurn> turns = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      TaskRow running =
          task(id, i, GUEST).moved(TaskStatus.RUNNING, TaskStatus.RUNNING, "", NOW + 1);
      TaskRow ended = running.moved(TaskStatus.SUCCESS, "", NONE, NOW + 2);
      turns.add(transition(running, turns.size() + 1L));
      turns.add(transition(ended, turns.size() + 1L));
    }
    return turns;
  }

  private static StoreTurn transition(TaskRow row, long sequence) {
    JobEvent event =
        new JobEvent(
            row.task().jobId(),
            sequence,
            row.updateTime(),
            row.party(),
            "task.party_status",
            row.task().component(),
            Map.of("status", row.partyStatus().name(), "version", 0));
    return new StoreTurn(
        row.task().jobId(), List.of(), List.of(row), Optional.empty(), List.of(event));
  }

  /** Points of a loss curve. */
  static List<MetricValue> metrics(long number, int count) {
    TaskId task = new TaskId(jobId(number), component(0), 0);
    List<MetricValue> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(new MetricValue(task, GUEST, "train", "loss", i, 1.0 / (i + 1), NOW + i));
    }
    return points;
  }
}
