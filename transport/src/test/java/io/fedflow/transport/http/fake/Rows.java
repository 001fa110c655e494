package io.fedflow.transport.http.fake;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.TaskId;
import io.fedflow.component.TaskOutputs;
import io.fedflow.dag.Dag;
import io.fedflow.dsl.DataEdge;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.JobSettings;
import io.fedflow.dsl.ModelEdge;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.job.Inheritance;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskRow;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows with sensible values, so that a test states only what matters. */
public final class Rows {

  public static final Party GUEST = Party.of("guest", "9999");
  public static final Party HOST = Party.of("host", "10000");
  public static final Party LOCAL = Party.of("local", "0");
  public static final Traffic QUIET = new Traffic(1, 20, 3, 40);

  private Rows() {}

  public static Parties parties() {
    Map<Role, List<String>> byRole = new LinkedHashMap<>();
    byRole.put(Role.GUEST, List.of("9999"));
    byRole.put(Role.HOST, List.of("10000"));
    return new Parties(byRole);
  }

  public static JobRow job(String id, Party party, JobStatus status) {
    return new JobRow(
        id,
        party,
        GUEST,
        parties(),
        Map.of("components", Map.of("reader_0", Map.of("module", "Reader"))),
        Map.of("dsl_version", 2),
        Map.of("job_type", "train"),
        "guest-9999#model",
        id,
        7,
        status,
        status.terminal() ? 100 : 40,
        status == JobStatus.FAILED ? "lr_0 at host 10000: no such column" : "",
        "my note",
        0,
        1,
        1,
        false,
        1_767_240_000_000L,
        1_767_240_003_000L,
        status.terminal() ? 1_767_240_060_000L : 0,
        1_767_240_060_000L,
        3,
        0,
        Inheritance.NONE);
  }

  /** A job with another conf. */
  public static JobRow withConf(JobRow job, Map<String, Object> conf) {
    return withDocuments(job, job.dsl(), conf);
  }

  /** A job with another DSL. */
  public static JobRow withDsl(JobRow job, Map<String, Object> dsl) {
    return withDocuments(job, dsl, job.conf());
  }

  private static JobRow withDocuments(
      JobRow job, Map<String, Object> dsl, Map<String, Object> conf) {
    return new JobRow(
        job.jobId(),
        job.party(),
        job.initiator(),
        job.parties(),
        dsl,
        conf,
        job.settings(),
        job.modelId(),
        job.modelVersion(),
        job.seed(),
        job.status(),
        job.progress(),
        job.cause(),
        job.notes(),
        job.round(),
        job.slots(),
        job.slotRound(),
        job.unapproved(),
        job.createTime(),
        job.startTime(),
        job.endTime(),
        job.updateTime(),
        job.revision(),
        job.edition(),
        job.inheritance());
  }

  /** The task of an upload. */
  public static TaskRow upload(String job, String namespace, String name) {
    return TaskRow.waiting(
        new TaskId(job, "upload_0", 0),
        LOCAL,
        "Upload",
        Map.of("namespace", namespace, "name", name),
        1,
        1);
  }

  public static TaskRow task(String job, String component, Party party, TaskStatus status) {
    return new TaskRow(
        new TaskId(job, component, 0),
        party,
        "HeteroLR",
        status,
        status,
        status == TaskStatus.FAILED ? "no such column" : "",
        false,
        Map.of("max_iter", 30),
        QUIET,
        1,
        2,
        status.terminal() ? 5 : 0,
        5,
        1);
  }

  /** A component with one parameter, for guests and hosts. */
  public static Component component() {
    return Component.of(
        new ComponentDescriptor(
            "HeteroLR",
            Set.of("LogisticRegression"),
            Set.of(Role.GUEST, Role.HOST),
            ParameterSchema.builder().integer("max_iter", 30, 1, 1000, "rounds").build(),
            List.of(),
            Map.of(),
            ComponentDescriptor.ParameterCheck.NONE),
        context -> TaskOutputs.none());
  }

  public static JobPlan plan() {
    PlannedTask reader =
        new PlannedTask(
            "reader_0",
            "Reader",
            Map.of(GUEST, Map.of("table", Map.of("namespace", "ns", "name", "t"))),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of("data"),
            List.of(),
            List.of(),
            null,
            0);
    PlannedTask lr =
        new PlannedTask(
            "lr_0",
            "HeteroLR",
            Map.of(GUEST, Map.of(), HOST, Map.of("need_run", false)),
            List.of(new DataEdge("train_data", new DataEdge.TaskOutput("reader_0", "data", 0))),
            List.of(),
            List.of(new ModelEdge("reader_0", "model", false)),
            List.of(),
            List.of("data"),
            List.of("model"),
            List.of(),
            null,
            1);
    JobSettings settings =
        new JobSettings(
            2,
            "train",
            null,
            null,
            1,
            1,
            0,
            Duration.ZERO,
            JobSettings.DEFAULT_TIMEOUT,
            null,
            0,
            null,
            null,
            null,
            Map.of());
    return new JobPlan(
        GUEST,
        parties(),
        settings,
        List.of(reader, lr),
        Dag.of(
            List.of("reader_0", "lr_0"),
            Map.of("reader_0", List.of(), "lr_0", List.of("reader_0"))),
        List.of());
  }

  public static Table instances() {
    TableSchema schema =
        new TableSchema(
            TableKind.INSTANCE,
            "id",
            List.of(
                ColumnSpec.feature("x0", "guest_9999_x0"),
                new ColumnSpec("y", ColumnSpec.Type.INTEGER, ColumnSpec.Use.LABEL, ""),
                ColumnSpec.feature("x1", "guest_9999_x1")),
            ",");
    return new Table(
        schema,
        new String[] {"a", "b"},
        List.of(
            new Column.Numbers(new double[] {0.5, Double.NaN}),
            new Column.Numbers(new double[] {1, 0}),
            new Column.Numbers(new double[] {-2, 1e-7})));
  }

  public static Table predictions() {
    List<ColumnSpec> columns =
        List.of(
            new ColumnSpec("label", ColumnSpec.Type.INTEGER, ColumnSpec.Use.FEATURE, ""),
            new ColumnSpec("predict_result", ColumnSpec.Type.INTEGER, ColumnSpec.Use.FEATURE, ""),
            new ColumnSpec("predict_score", ColumnSpec.Type.NUMBER, ColumnSpec.Use.FEATURE, ""),
            ColumnSpec.text("predict_detail"),
            ColumnSpec.text("type"));
    return new Table(
        new TableSchema(TableKind.PREDICTION, "id", columns, ","),
        new String[] {"17"},
        List.of(
            new Column.Numbers(new double[] {1}),
            new Column.Numbers(new double[] {1}),
            new Column.Numbers(new double[] {0.9}),
            new Column.Texts(new String[] {"{\"0\": 0.1, \"1\": 0.9}"}),
            new Column.Texts(new String[] {"train"})));
  }

  public static Table rawLines() {
    return new Table(
        new TableSchema(TableKind.RAW, "", List.of(ColumnSpec.text("")), ","),
        new String[] {"k"},
        List.of(new Column.Texts(new String[] {"1,2,,x"})));
  }
}
