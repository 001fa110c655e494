package io.fedflow.fakes;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import io.fedflow.spi.ForwardingTrackingStore;
import io.fedflow.spi.TrackingStore;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.OutputData;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** A tracking store in front of a sound one, whose writes go as a test says. */
public final class FlakyTrackingStore extends ForwardingTrackingStore {

  private volatile Function<List<LogLine>, CompletionStage<Void>> logs;
  private volatile Function<List<MetricValue>, CompletionStage<Void>> metrics;
  private volatile Supplier<CompletionStage<Void>> others;
  private volatile Supplier<CompletionStage<Void>> counts =
      () -> CompletableFuture.completedStage(null);

  /** A store that is sound until a test says otherwise. */
  public FlakyTrackingStore(TrackingStore sound) {
    super(sound);
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

  /** Lets counts of who lists a table wait. */
  public void delayCounts(Supplier<CompletionStage<Void>> until) {
    counts = until;
  }

  @Override
  public CompletionStage<Long> countOutputs(String namespace, String name) {
    return counts.get().thenCompose(now -> real().countOutputs(namespace, name));
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
    return others == null ? real().putMetricMetas(metas) : others.get();
  }

  @Override
  public CompletionStage<Void> putSummary(TaskId task, Party party, Map<String, Object> summary) {
    return others == null ? real().putSummary(task, party, summary) : others.get();
  }

  @Override
  public CompletionStage<Void> putOutputs(TaskId task, Party party, List<OutputData> outputs) {
    return others == null ? real().putOutputs(task, party, outputs) : others.get();
  }
}
