package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.dsl.TableRef;
import io.fedflow.job.TaskRow;
import io.fedflow.table.TableSource;
import io.fedflow.tracking.OutputData;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.fedflow.transport.http.wire.StreamAnswer;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /v1/tracking/component/output/data}: output tables. */
public final class OutputController implements Controller {

  private static final int SAMPLE = 100;
  private static final Envelope UNKNOWN =
      Envelope.error(Retcode.EXCEPTION, "no task could be found");

  private final Site site;
  private final Lookup lookup;
  private final DataArchive archive;

  /** Routes onto this site; CSV files lie below the staging folder. */
  public OutputController(Site site, Path staging) {
    this.site = site;
    this.lookup = new Lookup(site);
    this.archive = new DataArchive(site.data(), staging);
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/tracking/component/output/data", this::sample);
    routes.post("/v1/tracking/component/output/data/table", this::tables);
    routes.downloadByGet("/v1/tracking/component/output/data/download", this::download);
  }

  private Future<? extends Answer> tables(Call call) {
    Arguments arguments = call.arguments().require("job_id", "role", "party_id", "component_name");
    return lookup
        .task(call, arguments, UNKNOWN)
        .compose(task -> outputs(call, task))
        .map(
            outputs ->
                outputs.isEmpty()
                    ? Envelope.error(Retcode.EXCEPTION, "no output table could be found")
                    : Envelope.ok(outputs.stream().map(OutputController::table).toList()));
  }

  private static Map<String, Object> table(OutputData output) {
    Map<String, Object> table = new LinkedHashMap<>();
    table.put("table_name", output.name());
    table.put("table_namespace", output.namespace());
    table.put("data_name", output.dataName());
    return table;
  }

  private Future<? extends Answer> sample(Call call) {
    return lookup
        .task(call, call.arguments(), UNKNOWN)
        .compose(task -> outputs(call, task))
        .compose(outputs -> call.blocking(() -> sample(outputs)))
        .map(Envelope::large);
  }

  private Envelope sample(List<OutputData> outputs) throws IOException {
    List<Object> rows = new ArrayList<>();
    List<Object> headers = new ArrayList<>();
    List<Object> totals = new ArrayList<>();
    List<Object> names = new ArrayList<>();
    for (OutputData output : outputs) {
      try (TableSource table = site.data().open(output.namespace(), output.name())) {
        TableText text = new TableText(table.schema());
        rows.add(text.rows(table.collect(SAMPLE)));
        headers.add(text.header());
      }
      totals.add(output.rowCount());
      names.add(output.dataName());
    }
    if (outputs.isEmpty()) {
      return Envelope.ok(List.of()).message("no data");
    }
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("header", headers);
    meta.put("total", totals);
    meta.put("names", names);
    return Envelope.ok(rows).meta(meta);
  }

  private Future<? extends Answer> download(Call call) {
    Arguments arguments = call.arguments().require("job_id", "component_name", "role", "party_id");
    int limit = arguments.integer("limit", -1, -1, Integer.MAX_VALUE);
    boolean head = arguments.flag("head", true);
    return lookup
        .task(call, arguments, UNKNOWN)
        .compose(
            task ->
                outputs(call, task)
                    .compose(outputs -> call.blocking(() -> pack(outputs, head, limit)))
                    .map(content -> new StreamAnswer(name(task), "application/gzip", content)));
  }

  private StreamAnswer.Content pack(List<OutputData> outputs, boolean head, int limit)
      throws IOException {
    List<OutputData> filled = outputs.stream().filter(o -> o.rowCount() > 0).toList();
    if (filled.isEmpty() || limit == 0) {
      throw new Refusal(Envelope.status(210, "no data to download"));
    }
    Map<String, TableRef> tables = new LinkedHashMap<>();
    filled.forEach(o -> tables.put(o.dataName(), new TableRef(o.namespace(), o.name())));
    return archive.of(tables, head, limit < 0 ? Integer.MAX_VALUE : limit);
  }

  private static String name(TaskRow task) {
    return "job_"
        + task.task().jobId()
        + '_'
        + task.task().component()
        + '_'
        + task.party().role()
        + '_'
        + task.party().id()
        + "_output_data.tar.gz";
  }

  private Future<List<OutputData>> outputs(Call call, TaskRow task) {
    return call.await(site.tracking().outputs(task.task(), task.party()))
        .map(outputs -> outputs.stream().filter(output -> !output.isDropped()).toList());
  }
}
