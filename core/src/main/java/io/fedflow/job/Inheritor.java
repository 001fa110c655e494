package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.data.DataManager;
import io.fedflow.data.Stages;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.JobPlanner;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ModelManager;
import io.fedflow.party.Party;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.TrackingStore;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.OutputData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes over what tasks of an ended job left at a party: output tables by reference, models,
 * caches, metrics, summaries and logs as copies. Doing it again replaces what was taken over, but
 * for the log. Thread-safe.
 */
final class Inheritor {

  private static final int ALL = 100_000;

  private final EngineParts parts;
  private final JobCreation creation;
  private final DataManager data;
  private final ModelManager models;
  private final TaskCaches caches;

  Inheritor(
      EngineParts parts,
      JobCreation creation,
      DataManager data,
      ModelManager models,
      TaskCaches caches) {
    this.parts = parts;
    this.creation = creation;
    this.data = data;
    this.models = models;
    this.caches = caches;
  }

  /**
   * Which components of a job ended well at a party, ran by the parameters that the job has now,
   * and have all their outputs.
   */
  CompletionStage<List<String>> inheritable(String jobId, List<String> components, Party party) {
    return CompletableFuture.supplyAsync(
        () -> {
          Map<String, Map<String, Object>> params = params(jobId, party);
          return components.stream()
              .filter(component -> source(jobId, component, party, params).isPresent())
              .toList();
        },
        parts.blocking());
  }

  /** By what a job would run at a party today: it may have been updated since it ran. */
  private Map<String, Map<String, Object>> params(String jobId, Party party) {
    return Stages.join(parts.stores().jobs().jobs(JobQuery.of(jobId, party))).stream()
        .findFirst()
        .map(row -> new JobDocuments(row.dsl(), row.conf()))
        .map(documents -> creation.params(JobPlanner.plan(documents, parts.catalog()), party))
        .orElse(Map.of());
  }

  private Optional<TaskRow> source(
      String jobId, String component, Party party, Map<String, Map<String, Object>> params) {
    return Stages.join(parts.tracking().latest(jobId, component, party))
        .filter(row -> row.status().good() && row.partyStatus().good())
        // The same number may have been read as another type.
        .filter(row -> String.valueOf(params.get(component)).equals(row.params().toString()))
        .filter(row -> outputs(row).stream().allMatch(this::isThere));
  }

  private List<OutputData> outputs(TaskRow row) {
    return Stages.join(parts.stores().tracking().outputs(row.task(), row.party()));
  }

  private boolean isThere(OutputData output) {
    return !output.isDropped()
        && Stages.join(data.find(output.namespace(), output.name())).isPresent();
  }

  /**
   * Takes over all that a job's row names and its party runs. Whoever calls sees to it that the
   * source is neither cleaned nor run again meanwhile.
   *
   * @return the ended attempts; fails with CONFLICT {@code job.inheritance} if something is gone,
   *     or was made by other parameters than the job has
   */
  CompletionStage<List<TaskRow>> take(JobRow job, JobPlan plan) {
    return CompletableFuture.supplyAsync(
        () -> {
          Map<String, Map<String, Object>> params = creation.params(plan, job.party());
          return job.inheritance().components().stream()
              .filter(params::containsKey)
              .map(component -> take(job, component, params))
              .toList();
        },
        parts.blocking());
  }

  private TaskRow take(JobRow job, String component, Map<String, Map<String, Object>> params) {
    Party party = job.party();
    String from = job.inheritance().jobId();
    TaskRow source = source(from, component, party, params).orElseThrow(() -> gone(job, component));
    TaskId target = new TaskId(job.jobId(), component, 0);
    TrackingStore tracking = parts.stores().tracking();
    Stages.join(tracking.clean(target, party));
    Stages.join(tracking.putOutputs(target, party, outputs(source)));
    caches.copy(source.task(), target, party);
    copyMetrics(tracking, source, target);
    copyLog(tracking, source, job);
    models
        .load(from, party, component)
        .ifPresent(model -> models.store(job.modelId(), job.jobId(), party, model));
    return source.inheritedAs(target, job.createTime(), parts.clock().millis());
  }

  private static void copyMetrics(TrackingStore tracking, TaskRow source, TaskId target) {
    Party party = source.party();
    List<MetricValue> values = new ArrayList<>();
    for (MetricValue value : Stages.join(tracking.metrics(source.task(), party))) {
      values.add(
          new MetricValue(
              target,
              party,
              value.namespace(),
              value.name(),
              value.key(),
              value.value(),
              value.time()));
    }
    Stages.join(tracking.appendMetrics(values));
    List<MetricMeta> metas = new ArrayList<>();
    for (MetricMeta meta : Stages.join(tracking.metricMetas(source.task(), party))) {
      metas.add(
          new MetricMeta(
              target, party, meta.namespace(), meta.name(), meta.metricType(), meta.extras()));
    }
    Stages.join(tracking.putMetricMetas(metas));
    Stages.join(tracking.summary(source.task(), party))
        .ifPresent(summary -> Stages.join(tracking.putSummary(target, party, summary)));
  }

  private static void copyLog(TrackingStore tracking, TaskRow source, JobRow job) {
    String component = source.task().component();
    List<LogLine> lines = new ArrayList<>();
    for (LogLine line :
        Stages.join(
            tracking.log(
                source.task().jobId(), job.party(), component, LogLine.Level.DEBUG, 0, ALL))) {
      lines.add(
          new LogLine(
              job.jobId(), job.party(), component, 0, line.time(), line.level(), line.text()));
    }
    Stages.join(tracking.appendLog(lines));
  }

  private static FedflowException gone(JobRow job, String component) {
    return new FedflowException(
        FailureKind.CONFLICT,
        "job.inheritance",
        job.party()
            + " cannot take over "
            + component
            + " of job "
            + job.inheritance().jobId()
            + ": its outputs are gone, or it ran by other parameters since; submit the job again"
            + " without it");
  }
}
