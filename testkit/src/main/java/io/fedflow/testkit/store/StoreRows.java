package io.fedflow.testkit.store;

import io.fedflow.component.TaskId;
import io.fedflow.data.TableEntry;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.job.CoordinationRow;
import io.fedflow.job.CoordinationRow.HeldTask;
import io.fedflow.job.Inheritance;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskRow;
import io.fedflow.job.TaskStatus;
import io.fedflow.model.ModelEntry;
import io.fedflow.model.PipelineModel;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.StoreTurn;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.tracking.MetricValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows with sensible values, so that a test states only what matters to it. */
public final class StoreRows {

  /** The initiator. */
  public static final Party GUEST = new Party(Role.GUEST, "9999");

  /** A second party. */
  public static final Party HOST = new Party(Role.HOST, "10000");

  private static final Party ARBITER = new Party(Role.ARBITER, "10000");

  private StoreRows() {}

  /** A JSON tree with everything that JSON can hold. */
  public static Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("text", "a 'quoted' \"text\" \\ with\nlines, ümläuts, 联邦 and 🚀");
    tree.put("whole", 7);
    tree.put("big", 9_007_199_254_740_993L);
    tree.put("fraction", 0.1);
    tree.put("yes", true);
    tree.put("nothing", null);
    tree.put("list", new ArrayList<>(List.of(1, "two", List.of(), Map.of())));
    tree.put("", Map.of("nested", Map.of("deeper", List.of(3.5))));
    return tree;
  }

  /** The first revision of a party's view of a job. */
  public static JobRow job(String jobId, Party party, long createTime) {
    Map<Role, List<String>> roles = new LinkedHashMap<>();
    for (Party each : List.of(HOST, GUEST, ARBITER)) {
      roles.put(each.role(), List.of(each.id()));
    }
    return new JobRow(
        jobId,
        party,
        GUEST,
        new Parties(roles),
        tree(),
        Map.of("dsl_version", 2),
        Map.of(),
        "guest-9999#model",
        jobId,
        -5L,
        JobStatus.READY,
        0,
        "",
        "",
        2,
        3,
        5,
        true,
        createTime,
        0,
        0,
        createTime,
        1,
        6,
        new Inheritance("another", List.of("reader_0", "lr_0"), Inheritance.Status.RUNNING));
  }

  /** The first revision of a party's view of a task's first attempt. */
  public static TaskRow task(String jobId, String component, Party party, long createTime) {
    return task(new TaskId(jobId, component, 0), party, createTime);
  }

  /** The first revision of a party's view of an attempt. */
  public static TaskRow task(TaskId task, Party party, long createTime) {
    return new TaskRow(
        task,
        party,
        "HeteroLR",
        TaskStatus.WAITING,
        TaskStatus.WAITING,
        "",
        true,
        tree(),
        new Traffic(1, 2, 3, Long.MAX_VALUE),
        createTime,
        0,
        0,
        createTime,
        1);
  }

  /** A revision of the coordinator's row. */
  public static CoordinationRow coordination(String jobId, JobStatus status, long revision) {
    Map<Party, TaskStatus> statuses = new LinkedHashMap<>();
    statuses.put(HOST, TaskStatus.SUCCESS);
    statuses.put(GUEST, TaskStatus.RUNNING);
    return new CoordinationRow(
        jobId,
        GUEST,
        status,
        "a cause",
        4,
        6,
        List.of(HOST, GUEST),
        List.of(new HeldTask("lr_0", 2, TaskStatus.RUNNING, statuses, 1, 5, 1L << 40, 1L << 41)),
        1L << 42,
        1_000 + revision,
        revision,
        7);
  }

  /** An event. */
  public static JobEvent event(String jobId, long sequence) {
    return new JobEvent(
        jobId, sequence, 5_000 + sequence, HOST, "task.status", "lr_0", Map.of("version", 1));
  }

  /** A turn of job rows. */
  public static StoreTurn jobs(JobRow... rows) {
    return new StoreTurn(rows[0].jobId(), List.of(rows), List.of(), Optional.empty(), List.of());
  }

  /** A turn of task rows. */
  public static StoreTurn tasks(TaskRow... rows) {
    return new StoreTurn(
        rows[0].task().jobId(), List.of(), List.of(rows), Optional.empty(), List.of());
  }

  /** A turn of the coordinator's row. */
  public static StoreTurn coordinations(CoordinationRow row) {
    return new StoreTurn(row.jobId(), List.of(), List.of(), Optional.of(row), List.of());
  }

  /** A turn of events. */
  public static StoreTurn events(JobEvent... events) {
    return new StoreTurn(
        events[0].jobId(), List.of(), List.of(), Optional.empty(), List.of(events));
  }

  /** A metric point. */
  public static MetricValue metric(TaskId task, Party party, Object key, Object value) {
    return new MetricValue(task, party, "train", "loss", key, value, 77);
  }

  /** A table entry. */
  public static TableEntry table(String namespace, String name, long createTime) {
    return new TableEntry(
        namespace,
        name,
        new TableSchema(
            TableKind.INSTANCE,
            "sid",
            List.of(
                new ColumnSpec("y", ColumnSpec.Type.INTEGER, ColumnSpec.Use.LABEL, "guest_9999_y"),
                ColumnSpec.feature("x0", "guest_9999_x0"),
                ColumnSpec.text("naïve, \"quoted\"")),
            "\t"),
        569,
        4,
        "tables/" + namespace + '/' + name,
        "0".repeat(64),
        12_345_678_901L,
        "upload",
        createTime,
        Map.of("extend_sid", true));
  }

  /** A model entry. */
  public static ModelEntry model(String version, Party party, String component) {
    return new ModelEntry(
        "guest-9999#model",
        version,
        party,
        component,
        "HeteroLR",
        "model",
        "models/" + version + '/' + component,
        "f".repeat(64),
        99);
  }

  /** The row of a deployed pipeline model. */
  public static PipelineModel pipeline(String version, Party party) {
    return new PipelineModel(
        "guest-9999#host-10000#model",
        version,
        party,
        GUEST,
        new Parties(Map.of(Role.GUEST, List.of(GUEST.id()), Role.HOST, List.of(HOST.id()))),
        tree(),
        Map.of("dsl_version", 2),
        Map.of("components", Map.of()),
        PipelineModel.State.DEPLOYED,
        "parent",
        "guest-9998#host-10000#model",
        true,
        2,
        List.of("service \"one\""),
        "notes",
        12_345_678_901L,
        12_345_678_902L);
  }
}
