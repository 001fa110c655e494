package io.fedflow.testkit.sim;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import io.fedflow.spi.ForwardingTrackingStore;
import io.fedflow.spi.TrackingStore;
import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.OutputData;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What tasks report, on the disk of {@link FaultyJobStore}. Reads are at once, but for those of
 * blocking work; so are lines of the log, which decide nothing.
 */
final class FaultyTrackingStore extends ForwardingTrackingStore {

  private final Life life;
  private final Weather weather;

  FaultyTrackingStore(TrackingStore disk, Life life, Weather weather) {
    super(disk);
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
    return Strand.settled(done.minimalCompletionStage());
  }

  @Override
  public CompletionStage<List<OutputData>> outputs(TaskId task, Party party) {
    return SlowCalls.of(life, weather, () -> real().outputs(task, party));
  }

  @Override
  public CompletionStage<Long> countOutputs(String namespace, String name) {
    return SlowCalls.of(life, weather, () -> real().countOutputs(namespace, name));
  }

  @Override
  public CompletionStage<Void> appendMetrics(List<MetricValue> values) {
    return write(() -> real().appendMetrics(values));
  }

  @Override
  public CompletionStage<Void> putMetricMetas(List<MetricMeta> metas) {
    return write(() -> real().putMetricMetas(metas));
  }

  @Override
  public CompletionStage<Void> putSummary(TaskId task, Party party, Map<String, Object> summary) {
    return write(() -> real().putSummary(task, party, summary));
  }

  @Override
  public CompletionStage<Void> putOutputs(TaskId task, Party party, List<OutputData> outputs) {
    return write(() -> real().putOutputs(task, party, outputs));
  }

  @Override
  public CompletionStage<Void> clean(TaskId task, Party party) {
    return write(() -> real().clean(task, party));
  }
}
