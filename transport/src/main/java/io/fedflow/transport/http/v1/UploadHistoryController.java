package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.data.Stages;
import io.fedflow.data.TableEntry;
import io.fedflow.job.JobRow;
import io.fedflow.job.TaskRow;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.TaskQuery;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/data/upload/history}: the uploads whose tables are still there, newest first. */
public final class UploadHistoryController implements Controller {

  private static final int ALL = 100_000;

  private static final String COMPONENT = "upload_0";

  private final Site site;

  /** Routes onto this site. */
  public UploadHistoryController(Site site) {
    this.site = site;
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/data/upload/history", this::history);
  }

  private Future<? extends Answer> history(Call call) {
    Arguments arguments = call.arguments();
    int limit = arguments.integer("limit", ALL, 1, ALL);
    TaskQuery uploads =
        new TaskQuery(
            arguments.texts("job_id"),
            List.of(COMPONENT),
            List.of("local"),
            List.of(),
            Set.of(),
            Set.of(),
            true,
            0,
            ALL);
    return call.blocking(() -> rows(uploads, limit)).map(rows -> Envelope.ok(rows).large());
  }

  private List<Map<String, Object>> rows(TaskQuery uploads, int limit) {
    List<TaskRow> newest = new ArrayList<>(Stages.join(site.tracking().tasks(uploads)));
    Collections.reverse(newest);
    return newest.stream().map(this::row).flatMap(Optional::stream).limit(limit).toList();
  }

  private Optional<Map<String, Object>> row(TaskRow task) {
    String namespace = String.valueOf(task.params().get("namespace"));
    String name = String.valueOf(task.params().get("name"));
    JobQuery job = JobQuery.of(task.task().jobId(), task.party());
    return Stages.join(site.data().find(namespace, name))
        .map(table -> row(task, table, Stages.join(site.tracking().jobs(job))));
  }

  private static Map<String, Object> row(TaskRow task, TableEntry table, List<JobRow> jobs) {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("table_name", table.name());
    info.put("namespace", table.namespace());
    info.put("partition", table.partitions());
    info.put("upload_count", table.rowCount());
    Map<String, Object> upload = new LinkedHashMap<>();
    upload.put("upload_info", info);
    upload.put("notes", jobs.isEmpty() ? "" : jobs.get(0).notes());
    upload.put("schema", TableSchemaTree.of(table.schema()));
    return Map.of(task.task().jobId(), upload);
  }
}
