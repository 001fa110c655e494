package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.job.TaskRow;
import io.fedflow.tracking.OutputData;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** {@code /v1/job}: the tasks of jobs. */
public final class TaskController implements Controller {

  private static final Envelope NONE = Envelope.error(Retcode.ARGUMENT, "no task could be found");

  private final Site site;
  private final ZoneId zone;
  private final TaskColumns columns;

  /** Routes onto this site. */
  public TaskController(Site site, ZoneId zone) {
    this.site = site;
    this.zone = zone;
    this.columns = new TaskColumns(zone);
  }

  @Override
  public void mount(Routes routes) {
    routes.postOfJob("/v1/job/task/query", this::query);
    routes.post("/v1/job/data/view/query", this::outputs);
  }

  private Future<? extends Answer> query(Call call) {
    return tasks(call)
        .map(
            tasks ->
                tasks.isEmpty()
                    ? NONE
                    : Envelope.ok(tasks.stream().map(columns::of).map(Columns::prefixed).toList())
                        .large());
  }

  private Future<? extends Answer> outputs(Call call) {
    return tasks(call)
        .compose(tasks -> Future.all(tasks.stream().map(task -> outputs(call, task)).toList()))
        .map(
            all -> {
              List<Map<String, Object>> rows =
                  all.<List<Map<String, Object>>>list().stream().flatMap(List::stream).toList();
              return rows.isEmpty()
                  ? NONE.message("no output could be found")
                  : Envelope.ok(rows).large();
            });
  }

  private Future<List<Map<String, Object>>> outputs(Call call, TaskRow task) {
    return call.await(site.tracking().outputs(task.task(), task.party()))
        .map(
            outputs ->
                outputs.stream()
                    .filter(output -> !output.isDropped())
                    .map(output -> row(task, output))
                    .toList());
  }

  private Map<String, Object> row(TaskRow task, OutputData output) {
    return Columns.prefixed(
        new Columns(zone)
            .put("job_id", task.task().jobId())
            .put("component_name", task.task().component())
            .put("task_id", task.task().name())
            .put("task_version", task.task().version())
            .put("role", task.party().role().name())
            .put("party_id", task.party().id())
            .put("data_name", output.dataName())
            .put("table_name", output.name())
            .put("table_namespace", output.namespace())
            .put("description", "")
            .plain());
  }

  private Future<List<TaskRow>> tasks(Call call) {
    return RowFilters.tasks(call.arguments())
        .map(query -> call.await(site.tracking().tasks(query)))
        .orElseGet(() -> Future.succeededFuture(List.of()));
  }
}
