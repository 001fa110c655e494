package io.fedflow.benchmarks.engine;

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
import java.util.concurrent.CompletionStage;

/**
 * A tracking store that refuses every write. With it, turns are all that the engine writes, and a
 * replay of the turns is a replay of everything. Thread-safe like the store behind it.
 */
final class TurnsOnly extends ForwardingTrackingStore {

  TurnsOnly(TrackingStore store) {
    super(store);
  }

  @Override
  public CompletionStage<Void> appendMetrics(List<MetricValue> values) {
    throw refused("metrics");
  }

  @Override
  public CompletionStage<Void> putMetricMetas(List<MetricMeta> metas) {
    throw refused("descriptions of metrics");
  }

  @Override
  public CompletionStage<Void> putSummary(TaskId task, Party party, Map<String, Object> summary) {
    throw refused("a summary");
  }

  @Override
  public CompletionStage<Void> putOutputs(TaskId task, Party party, List<OutputData> outputs) {
    throw refused("outputs");
  }

  @Override
  public CompletionStage<Void> clean(TaskId task, Party party) {
    throw refused("the removal of a report");
  }

  @Override
  public CompletionStage<Void> appendLog(List<LogLine> lines) {
    throw refused("log lines outside a turn");
  }

  private static IllegalStateException refused(String what) {
    return new IllegalStateException(
        "the engine wrote " + what + ", which the replay of its turns would not write");
  }
}
