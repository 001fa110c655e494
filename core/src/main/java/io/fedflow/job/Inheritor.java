package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.data.DataManager;
import io.fedflow.data.Stages;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ModelManager;
import io.fedflow.party.Party;
import io.fedflow.spi.TrackingStore;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.OutputData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes over what tasks of an ended job left at a party: output tables by reference, models,
 * metrics, summaries and logs as copies. Doing it again replaces what was taken over, but for the
 * log. Thread-safe.
 */
final class Inheritor {

  private static final int ALL = 100_000;

  private final EngineParts parts;
  private final DataManager data;
  private final ModelManager models;

  Inheritor(EngineParts parts, DataManager data, ModelManager models) {
    this.parts = parts;
    this.data = data;
    this.models = models;
  }

  /** Which components of a job ended well at a party and have all their outputs. */
  CompletionStage<List<String>> inheritable(String jobId, List<String> components, Party party) {
    return CompletableFuture.supplyAsync(
        () ->
            components.stream()
                .filter(component -> source(jobId, component, party).isPresent())
                .toList(),
        parts.blocking());
  }

  private Optional<TaskRow> source(String jobId, String component, Party party) {
    return Stages.join(parts.tracking().latest(jobId, component, party))
        .filter(row -> row.status().good() && row.partyStatus().good())
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
   * Takes over all that a job's row names.
   *
   * @param components those of them that the party runs
   * @return the ended attempts; fails with CONFLICT {@code job.inheritance} if something is gone
   */
  CompletionStage<List<TaskRow>> take(JobRow job, List<String> components) {
    return CompletableFuture.supplyAsync(
        () -> components.stream().map(component -> take(job, component)).toList(),
        parts.blocking());
  }

  private TaskRow take(JobRow job, String component) {
    Party party = job.party();
    String from = job.inheritance().jobId();
    TaskRow source = source(from, component, party).orElseThrow(() -> gone(job, component));
    TaskId target = new TaskId(job.jobId(), component, 0);
    TrackingStore tracking = parts.stores().tracking();
    Stages.join(tracking.clean(target, party));
    Stages.join(tracking.putOutputs(target, party, outputs(source)));
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
            + ": its outputs are gone; submit the job again without it");
  }
}
