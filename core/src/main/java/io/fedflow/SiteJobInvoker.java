package io.fedflow;

import io.fedflow.dsl.JobDocuments;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.JobRow;
import io.fedflow.job.TaskRow;
import io.fedflow.model.ModelJson;
import io.fedflow.model.PipelineModelManager.Deployment;
import io.fedflow.party.Party;
import io.fedflow.pipeline.PipelineManager.Submitted;
import io.fedflow.spi.JobInvoker;
import io.fedflow.spi.JobQuery;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableSource;
import io.fedflow.tracking.OutputData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Runs jobs in this process. Thread-safe. */
final class SiteJobInvoker implements JobInvoker {

  private final Fedflow site;
  private final Map<String, JobHandle> live = new ConcurrentHashMap<>();

  SiteJobInvoker(Fedflow site) {
    this.site = site;
  }

  @Override
  public CompletionStage<Invoked> submit(Map<String, Object> dsl, Map<String, Object> conf) {
    return site.submit(new JobDocuments(dsl, conf)).thenApply(this::accepted);
  }

  @Override
  public CompletionStage<End> completion(String jobId, Party initiator) {
    JobHandle handle = live.get(jobId);
    if (handle != null) {
      return handle.completion().thenApply(end -> new End(end.status(), end.cause()));
    }
    return view(JobQuery.of(jobId, initiator), jobId).thenApply(SiteJobInvoker::end);
  }

  @Override
  public CompletionStage<Deployed> deploy(ModelVersion model, List<String> components) {
    return deploy(model, new Deployment(components, Map.of()));
  }

  @Override
  public CompletionStage<Deployed> deployDsl(ModelVersion model, Map<String, Object> predictDsl) {
    return deploy(model, new Deployment(List.of(), predictDsl));
  }

  private CompletionStage<Deployed> deploy(ModelVersion model, Deployment deployment) {
    return site.pipelineModels()
        .deploy(model.modelId(), model.version(), deployment)
        .thenCompose(
            made -> {
              if (!made.complete()) {
                throw FedflowException.peer(
                    "model.deploy", "not every party deployed the model: " + made.outcomes());
              }
              return site.pipelineModels().leading(made.modelId(), made.modelVersion());
            })
        .thenApply(
            made ->
                new Deployed(
                    new ModelVersion(made.modelId(), made.modelVersion()), made.predictDsl()));
  }

  @Override
  public CompletionStage<Map<String, Object>> summary(Part part) {
    return task(part)
        .thenCompose(task -> site.tracking().summary(task.task(), task.party()))
        .thenApply(summary -> summary.orElse(Map.of()));
  }

  @Override
  public CompletionStage<Map<String, Object>> modelParameters(Part part) {
    // Off the engine's threads: a model is loaded from disk.
    return task(part)
        .thenApplyAsync(
            task ->
                site.models()
                    .load(part.jobId(), part.party(), part.component())
                    .flatMap(model -> model.endingWith("Param"))
                    .map(ModelJson::tree)
                    .orElse(Map.of()));
  }

  @Override
  public CompletionStage<Map<String, StoredTable>> outputTables(Part part) {
    return outputs(part)
        .thenApply(each -> each(each, o -> new StoredTable(o.namespace(), o.name())));
  }

  @Override
  public CompletionStage<Map<String, Rows>> outputData(Part part, int limit) {
    return outputs(part)
        .thenApplyAsync(
            outputs ->
                each(
                    outputs.stream().filter(output -> output.rowCount() > 0).toList(),
                    output -> rows(output, limit)));
  }

  private Invoked accepted(JobHandle handle) {
    Submitted submitted = handle.submitted();
    live.put(handle.jobId(), handle);
    // Only what runs is kept: what ended is in the store.
    handle.completion().whenComplete((end, failure) -> live.remove(handle.jobId()));
    return new Invoked(
        handle.jobId(), new ModelVersion(submitted.modelId(), submitted.modelVersion()), "");
  }

  private CompletionStage<JobRow> view(JobQuery query, String jobId) {
    return site.tracking()
        .jobs(query)
        .thenApply(
            rows ->
                rows.stream()
                    .findFirst()
                    .orElseThrow(
                        () ->
                            FedflowException.invalid(
                                "job.unknown", "this site does not know the job " + jobId)));
  }

  private CompletionStage<TaskRow> task(Part part) {
    return site.tracking()
        .latest(part.jobId(), part.component(), part.party())
        .thenApply(
            task ->
                task.orElseThrow(
                    () ->
                        FedflowException.invalid(
                            "task.unknown",
                            "job "
                                + part.jobId()
                                + " has no component "
                                + part.component()
                                + " at "
                                + part.party())));
  }

  private CompletionStage<List<OutputData>> outputs(Part part) {
    return task(part).thenCompose(task -> site.tracking().outputs(task.task(), task.party()));
  }

  private static End end(JobRow job) {
    if (!job.status().terminal()) {
      throw FedflowException.invalid(
          "job.running", "job " + job.jobId() + " was not submitted here and has not ended");
    }
    return new End(job.status(), job.cause());
  }

  private static <T> Map<String, T> each(List<OutputData> outputs, Function<OutputData, T> what) {
    Map<String, T> each = new LinkedHashMap<>();
    outputs.forEach(output -> each.put(output.dataName(), what.apply(output)));
    return each;
  }

  private Rows rows(OutputData output, int limit) {
    try (TableSource rows = site.data().open(output.namespace(), output.name())) {
      return rows(rows.collect(limit < 0 ? Integer.MAX_VALUE : limit));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Rows rows(Table table) {
    List<String> header = new ArrayList<>();
    header.add(table.schema().idName());
    table.schema().columns().stream().map(ColumnSpec::name).forEach(header::add);
    List<List<String>> rows = new ArrayList<>(table.rowCount());
    for (int row = 0; row < table.rowCount(); row++) {
      List<String> cells = new ArrayList<>(header.size());
      cells.add(table.ids()[row]);
      for (Column column : table.columns()) {
        cells.add(column.textAt(row));
      }
      rows.add(cells);
    }
    return new Rows(header, rows);
  }
}
