package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import io.fedflow.spi.ForwardingTrackingStore;
import io.fedflow.spi.TrackingStore;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A tracking store to which what tasks report is written again while it is down. Thread-safe. */
final class PatientTrackingStore extends ForwardingTrackingStore {

  private final StoreRetries retries;

  PatientTrackingStore(TrackingStore real, StoreRetries retries) {
    super(real);
    this.retries = retries;
  }

  @Override
  public CompletionStage<Void> appendMetrics(List<MetricValue> values) {
    return retries.run(() -> real().appendMetrics(values));
  }

  @Override
  public CompletionStage<Void> putMetricMetas(List<MetricMeta> metas) {
    return retries.run(() -> real().putMetricMetas(metas));
  }

  @Override
  public CompletionStage<Void> putSummary(TaskId task, Party party, Map<String, Object> summary) {
    return retries.run(() -> real().putSummary(task, party, summary));
  }

  @Override
  public CompletionStage<Void> appendLog(List<LogLine> lines) {
    return retries.run(() -> real().appendLog(lines));
  }
}
