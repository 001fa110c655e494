package io.fedflow.tracking;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import io.fedflow.spi.ForwardingJobStore;
import io.fedflow.spi.ForwardingTrackingStore;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.Stores;
import io.fedflow.spi.TrackingStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells whether the rows, metrics, summaries or outputs of a job may have changed: what was read
 * after a version was asked for is still true while the version is the same. Versions change before
 * a write begins and again before anybody can know that it ended. Several jobs may share one. Logs
 * and events do not count.
 *
 * <p>It sees only what is written through it, so the store must have no other writer. Thread-safe.
 */
public final class JobVersions {

  private static final int SHARED = 1 << 12;

  private final AtomicLongArray versions = new AtomicLongArray(SHARED);

  /** The version of a job now. */
  public long of(String jobId) {
    return versions.get(place(jobId));
  }

  /** The stores, as all writers must see them from now on. */
  public Stores watching(Stores stores) {
    return new Stores(
        new Jobs(stores.jobs()),
        new Tracking(stores.tracking()),
        stores.tables(),
        stores.models(),
        stores.blobs(),
        stores.servers(),
        stores.instances(),
        stores.closer());
  }

  private static int place(String jobId) {
    int hash = jobId.hashCode();
    return (hash ^ hash >>> 16) & SHARED - 1;
  }

  private <T> CompletionStage<T> during(Stream<String> jobIds, Supplier<CompletionStage<T>> write) {
    List<String> changing = jobIds.distinct().collect(Collectors.toList());
    changing.forEach(this::change);
    // What depends on this stage runs after the change.
    return write.get().whenComplete((written, failure) -> changing.forEach(this::change));
  }

  private void change(String jobId) {
    versions.incrementAndGet(place(jobId));
  }

  private final class Jobs extends ForwardingJobStore {

    Jobs(JobStore real) {
      super(real);
    }

    @Override
    public CompletionStage<Void> commit(StoreTurn turn) {
      return during(Stream.of(turn.jobId()), () -> real().commit(turn));
    }
  }

  private final class Tracking extends ForwardingTrackingStore {

    Tracking(TrackingStore real) {
      super(real);
    }

    @Override
    public CompletionStage<Void> appendMetrics(List<MetricValue> values) {
      return during(
          values.stream().map(value -> value.task().jobId()), () -> real().appendMetrics(values));
    }

    @Override
    public CompletionStage<Void> putMetricMetas(List<MetricMeta> metas) {
      return during(
          metas.stream().map(meta -> meta.task().jobId()), () -> real().putMetricMetas(metas));
    }

    @Override
    public CompletionStage<Void> putSummary(TaskId task, Party party, Map<String, Object> summary) {
      return during(Stream.of(task.jobId()), () -> real().putSummary(task, party, summary));
    }

    @Override
    public CompletionStage<Void> putOutputs(TaskId task, Party party, List<OutputData> outputs) {
      return during(Stream.of(task.jobId()), () -> real().putOutputs(task, party, outputs));
    }

    @Override
    public CompletionStage<Void> clean(TaskId task, Party party) {
      return during(Stream.of(task.jobId()), () -> real().clean(task, party));
    }

    @Override
    public CompletionStage<Void> deleteMetrics(String jobId) {
      return during(Stream.of(jobId), () -> real().deleteMetrics(jobId));
    }
  }
}
