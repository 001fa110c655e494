package io.fedflow.spi;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.OutputData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A tracking store that asks another one for everything: the base of stores that watch, delay or
 * spoil some of it. Keeps the promises that the other one keeps. Thread-safe like the other one.
 */
public abstract class ForwardingTrackingStore implements TrackingStore {

  private final TrackingStore real;

  /**
   * A store in front of another.
   *
   * @param real is asked; not null
   */
  protected ForwardingTrackingStore(TrackingStore real) {
    this.real = real;
  }

  /** The store that is asked. */
  protected final TrackingStore real() {
    return real;
  }

  @Override
  public CompletionStage<Void> appendMetrics(List<MetricValue> values) {
    return real.appendMetrics(values);
  }

  @Override
  public CompletionStage<Void> putMetricMetas(List<MetricMeta> metas) {
    return real.putMetricMetas(metas);
  }

  @Override
  public CompletionStage<List<MetricValue>> metrics(TaskId task, Party party) {
    return real.metrics(task, party);
  }

  @Override
  public CompletionStage<List<MetricMeta>> metricMetas(TaskId task, Party party) {
    return real.metricMetas(task, party);
  }

  @Override
  public CompletionStage<Void> putSummary(TaskId task, Party party, Map<String, Object> summary) {
    return real.putSummary(task, party, summary);
  }

  @Override
  public CompletionStage<Optional<Map<String, Object>>> summary(TaskId task, Party party) {
    return real.summary(task, party);
  }

  @Override
  public CompletionStage<Void> putOutputs(TaskId task, Party party, List<OutputData> outputs) {
    return real.putOutputs(task, party, outputs);
  }

  @Override
  public CompletionStage<List<OutputData>> outputs(TaskId task, Party party) {
    return real.outputs(task, party);
  }

  @Override
  public CompletionStage<Long> countOutputs(String namespace, String name) {
    return real.countOutputs(namespace, name);
  }

  @Override
  public CompletionStage<Void> clean(TaskId task, Party party) {
    return real.clean(task, party);
  }

  @Override
  public CompletionStage<Void> deleteMetrics(String jobId) {
    return real.deleteMetrics(jobId);
  }

  @Override
  public CompletionStage<List<String>> jobsWith(Kind kind, String after, int limit) {
    return real.jobsWith(kind, after, limit);
  }

  @Override
  public CompletionStage<Void> deleteLog(String jobId) {
    return real.deleteLog(jobId);
  }

  @Override
  public CompletionStage<List<LogLine>> searchLog(LogQuery query) {
    return real.searchLog(query);
  }

  @Override
  public CompletionStage<Void> appendLog(List<LogLine> lines) {
    return real.appendLog(lines);
  }

  @Override
  public CompletionStage<List<LogLine>> log(
      String jobId,
      Party party,
      String component,
      LogLine.Level minimumLevel,
      long after,
      int limit) {
    return real.log(jobId, party, component, minimumLevel, after, limit);
  }
}
