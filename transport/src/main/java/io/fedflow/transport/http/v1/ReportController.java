package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.job.TaskRow;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code /v1/job/report}: when the tasks of jobs ran. */
public final class ReportController implements Controller {

  private static final Envelope NONE = Envelope.error(Retcode.ARGUMENT, "no task could be found");

  private final Site site;
  private final Lookup lookup;

  /** Routes onto this site. */
  public ReportController(Site site) {
    this.site = site;
    this.lookup = new Lookup(site);
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/job/report", this::report);
  }

  private Future<? extends Answer> report(Call call) {
    // Every job of an answer is planned once more: one job has to be named.
    Arguments arguments = call.arguments().require("job_id");
    return RowFilters.tasks(arguments)
        .map(query -> call.await(site.tracking().tasks(query)))
        .orElseGet(() -> Future.succeededFuture(List.of()))
        .compose(tasks -> tasks.isEmpty() ? Future.succeededFuture(NONE) : report(call, tasks));
  }

  private Future<Envelope> report(Call call, List<TaskRow> tasks) {
    Map<String, List<TaskRow>> byJob =
        tasks.stream().collect(Collectors.groupingBy(task -> task.task().jobId()));
    List<Future<List<Map<String, Object>>>> reports =
        byJob.entrySet().stream()
            .map(
                job ->
                    lookup
                        .plan(call, job.getKey(), NONE)
                        .map(plan -> JobReport.of(job.getValue(), plan)))
            .toList();
    return Future.all(reports)
        .map(
            all ->
                Envelope.ok(
                        all.<List<Map<String, Object>>>list().stream()
                            .flatMap(List::stream)
                            .toList())
                    .large());
  }
}
