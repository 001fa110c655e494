package io.fedflow.fakes;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import io.fedflow.spi.TrackingStore;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.OutputData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** A tracking store in front of a sound one, whose writes go as a test says. */
public final class FlakyTrackingStore implements TrackingStore {

  private final TrackingStore sound;
  private volatile Function<List<LogLine>, CompletionStage<Void>> logs;
  private volatile Function<List<MetricValue>, CompletionStage<Void>> metrics;
  private volatile Supplier<CompletionStage<Void>> others;

  /** A store that is sound until a test says otherwise. */
  public FlakyTrackingStore(TrackingStore sound) {
    this.sound = sound;
    this.logs = sound::appendLog;
    this.metrics = sound::appendMetrics;
  }

  /** Sets how lines are appended. */
  public FlakyTrackingStore logs(Function<List<LogLine>, CompletionStage<Void>> how) {
    logs = how;
    return this;
  }

  /** Sets how points are appended. */
  public FlakyTrackingStore metrics(Function<List<MetricValue>, CompletionStage<Void>> how) {
    metrics = how;
    return this;
  }

  /** Sets how metas, summaries and outputs are put. */
  public FlakyTrackingStore others(Supplier<CompletionStage<Void>> how) {
    others = how;
    return this;
  }

  @Override
  public CompletionStage<Void> appendMetrics(List<MetricValue> values) {
    return metrics.apply(values);
  }

  @Override
  public CompletionStage<Void> appendLog(List<LogLine> lines) {
    return logs.apply(lines);
  }

  @Override
  public CompletionStage<Void> putMetricMetas(List<MetricMeta> metas) {
    return others == null ? sound.putMetricMetas(metas) : others.get();
  }

  @Override
  public CompletionStage<Void> putSummary(TaskId task, Party party, Map<String, Object> summary) {
    return others == null ? sound.putSummary(task, party, summary) : others.get();
  }

  @Override
  public CompletionStage<Void> putOutputs(TaskId task, Party party, List<OutputData> outputs) {
    return others == null ? sound.putOutputs(task, party, outputs) : others.get();
  }

  @Override
  public CompletionStage<List<MetricValue>> metrics(TaskId task, Party party) {
    return sound.metrics(task, party);
  }

  @Override
  public CompletionStage<List<MetricMeta>> metricMetas(TaskId task, Party party) {
    return sound.metricMetas(task, party);
  }

  @Override
  public CompletionStage<Optional<Map<String, Object>>> summary(TaskId task, Party party) {
    return sound.summary(task, party);
  }

  @Override
  public CompletionStage<List<OutputData>> outputs(TaskId task, Party party) {
    return sound.outputs(task, party);
  }

  @Override
  public CompletionStage<Void> clean(TaskId task, Party party) {
    return sound.clean(task, party);
  }

  @Override
  public CompletionStage<List<LogLine>> log(
      String jobId,
      Party party,
      String component,
      LogLine.Level minimumLevel,
      long after,
      int limit) {
    return sound.log(jobId, party, component, minimumLevel, after, limit);
  }
}
