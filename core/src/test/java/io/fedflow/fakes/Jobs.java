package io.fedflow.fakes;

import io.fedflow.Fedflow;
import io.fedflow.component.TaskOutputs;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskRow;
import io.fedflow.party.Party;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.TaskQuery;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import java.util.List;

/** Reads what a site stored of a job. */
public final class Jobs {

  private Jobs() {}

  /** All views of a job. */
  public static List<JobRow> views(Fedflow site, String jobId) {
    return Await.value(site.tracking().jobs(JobQuery.ofJob(jobId)));
  }

  /** All views of all jobs, oldest job first. */
  public static List<JobRow> allViews(Fedflow site) {
    return Await.value(
        site.tracking()
            .jobs(
                new JobQuery(
                    List.of(), List.of(), List.of(), java.util.Set.of(), false, 0, 100_000)));
  }

  /** All parts of all tasks of a job. */
  public static List<TaskRow> parts(Fedflow site, String jobId) {
    return Await.value(site.tracking().tasks(TaskQuery.ofJob(jobId)));
  }

  /** One part of a task. */
  public static TaskRow part(Fedflow site, String jobId, String component, Party party) {
    return Await.value(site.tracking().latest(jobId, component, party)).orElseThrow();
  }

  /** All stored events of a job. */
  public static List<JobEvent> events(Fedflow site, String jobId) {
    return Await.value(site.queue().events(jobId, 0, 10_000));
  }

  /** Waits until every party's view of a job is in a status. */
  public static void awaitAll(Fedflow site, String jobId, JobStatus status) {
    Await.until(
        "every view of " + jobId + " is " + status,
        () -> views(site, jobId).stream().allMatch(row -> row.status() == status));
  }

  /** A table of one number column. */
  public static Table table(double... values) {
    String[] ids = new String[values.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = "r" + i;
    }
    return new Table(
        new TableSchema(TableKind.INSTANCE, "id", List.of(ColumnSpec.feature("x", "x")), ","),
        ids,
        List.of(new Column.Numbers(values)));
  }

  /** A table of one number column, as the only output. */
  public static TaskOutputs output(double... values) {
    return TaskOutputs.of(table(values));
  }
}
