package io.fedflow.testkit.sim;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What tasks report, on the disk of {@link FaultyJobStore}. Reads are at once. */
final class FaultyTrackingStore implements TrackingStore {

  private final TrackingStore disk;
  private final Life life;
  private final Weather weather;

  FaultyTrackingStore(TrackingStore disk, Life life, Weather weather) {
    this.disk = disk;
    this.life = life;
    this.weather = weather;
  }

  private CompletionStage<Void> write(Supplier<CompletionStage<Void>> what) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (life.calls()) {
      boolean down = weather.storeDown();
      life.after(
          weather.storeMillis(),
          () -> {
            if (down) {
              done.completeExceptionally(FaultyJobStore.unavailable());
            } else {
              what.get().whenComplete((ok, failed) -> FaultyJobStore.complete(done, failed));
            }
          });
    }
    return done.minimalCompletionStage();
  }

  @Override
  public CompletionStage<Void> appendMetrics(List<MetricValue> values) {
    return write(() -> disk.appendMetrics(values));
  }

  @Override
  public CompletionStage<Void> putMetricMetas(List<MetricMeta> metas) {
    return write(() -> disk.putMetricMetas(metas));
  }

  @Override
  public CompletionStage<List<MetricValue>> metrics(TaskId task, Party party) {
    return disk.metrics(task, party);
  }

  @Override
  public CompletionStage<List<MetricMeta>> metricMetas(TaskId task, Party party) {
    return disk.metricMetas(task, party);
  }

  @Override
  public CompletionStage<Void> putSummary(TaskId task, Party party, Map<String, Object> summary) {
    return write(() -> disk.putSummary(task, party, summary));
  }

  @Override
  public CompletionStage<Optional<Map<String, Object>>> summary(TaskId task, Party party) {
    return disk.summary(task, party);
  }

  @Override
  public CompletionStage<Void> putOutputs(TaskId task, Party party, List<OutputData> outputs) {
    return write(() -> disk.putOutputs(task, party, outputs));
  }

  @Override
  public CompletionStage<List<OutputData>> outputs(TaskId task, Party party) {
    return disk.outputs(task, party);
  }

  @Override
  public CompletionStage<Void> clean(TaskId task, Party party) {
    return write(() -> disk.clean(task, party));
  }

  @Override
  public CompletionStage<Void> appendLog(List<LogLine> lines) {
    // Lines of the log decide nothing: they are not worth a place on the agenda.
    return disk.appendLog(lines);
  }

  @Override
  public CompletionStage<List<LogLine>> log(
      String jobId,
      Party party,
      String component,
      LogLine.Level minimumLevel,
      long after,
      int limit) {
    return disk.log(jobId, party, component, minimumLevel, after, limit);
  }
}
