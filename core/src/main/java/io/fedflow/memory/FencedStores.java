package io.fedflow.memory;

import io.fedflow.component.TaskId;
import io.fedflow.data.TableEntry;
import io.fedflow.model.ModelEntry;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.PipelineModelQuery;
import io.fedflow.party.Party;
import io.fedflow.spi.BlobStore;
import io.fedflow.spi.ForwardingJobStore;
import io.fedflow.spi.ForwardingTrackingStore;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.ModelStore;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.TableCatalog;
import io.fedflow.spi.TrackingStore;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.OutputData;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** The stores of {@link SharedMemory} as one instance sees them: its writes are guarded. */
final class FencedStores {

  private FencedStores() {}

  static final class Jobs extends ForwardingJobStore {
    private final SharedMemory shared;
    private final String id;

    Jobs(JobStore real, SharedMemory shared, String id) {
      super(real);
      this.shared = shared;
      this.id = id;
    }

    @Override
    public CompletionStage<Void> commit(StoreTurn turn) {
      return shared.turn(id, turn, () -> super.commit(turn));
    }

    @Override
    public CompletionStage<Void> dropEvents(String jobId, long upTo) {
      return shared.guarded(id, () -> super.dropEvents(jobId, upTo));
    }
  }

  static final class Tracking extends ForwardingTrackingStore {
    private final SharedMemory shared;
    private final String id;

    Tracking(TrackingStore real, SharedMemory shared, String id) {
      super(real);
      this.shared = shared;
      this.id = id;
    }

    @Override
    public CompletionStage<Void> appendMetrics(List<MetricValue> values) {
      return shared.guarded(id, () -> super.appendMetrics(values));
    }

    @Override
    public CompletionStage<Void> putMetricMetas(List<MetricMeta> metas) {
      return shared.guarded(id, () -> super.putMetricMetas(metas));
    }

    @Override
    public CompletionStage<Void> putSummary(TaskId task, Party party, Map<String, Object> summary) {
      return shared.guarded(id, () -> super.putSummary(task, party, summary));
    }

    @Override
    public CompletionStage<Void> putOutputs(TaskId task, Party party, List<OutputData> outputs) {
      return shared.guarded(id, () -> super.putOutputs(task, party, outputs));
    }

    @Override
    public CompletionStage<Void> clean(TaskId task, Party party) {
      return shared.guarded(id, () -> super.clean(task, party));
    }

    @Override
    public CompletionStage<Void> deleteMetrics(String jobId) {
      return shared.guarded(id, () -> super.deleteMetrics(jobId));
    }

    @Override
    public CompletionStage<Void> deleteLog(String jobId) {
      return shared.guarded(id, () -> super.deleteLog(jobId));
    }

    @Override
    public CompletionStage<Void> appendLog(List<LogLine> lines) {
      return shared.guarded(id, () -> super.appendLog(lines));
    }
  }

  record Tables(TableCatalog real, SharedMemory shared, String id) implements TableCatalog {

    @Override
    public CompletionStage<Optional<TableEntry>> put(TableEntry entry) {
      return shared.guarded(id, () -> real.put(entry));
    }

    @Override
    public CompletionStage<Optional<TableEntry>> find(String namespace, String name) {
      return real.find(namespace, name);
    }

    @Override
    public CompletionStage<List<TableEntry>> list(String namespace, int offset, int limit) {
      return real.list(namespace, offset, limit);
    }

    @Override
    public CompletionStage<Optional<TableEntry>> delete(String namespace, String name) {
      return shared.guarded(id, () -> real.delete(namespace, name));
    }
  }

  record Models(ModelStore real, SharedMemory shared, String id) implements ModelStore {

    @Override
    public CompletionStage<Void> put(ModelEntry entry) {
      return shared.guarded(id, () -> real.put(entry));
    }

    @Override
    public CompletionStage<Optional<ModelEntry>> find(
        String modelVersion, Party party, String component) {
      return real.find(modelVersion, party, component);
    }

    @Override
    public CompletionStage<List<ModelEntry>> list(String modelVersion) {
      return real.list(modelVersion);
    }

    @Override
    public CompletionStage<List<ModelEntry>> removeEntries(String modelVersion, Party party) {
      return shared.guarded(id, () -> real.removeEntries(modelVersion, party));
    }

    @Override
    public CompletionStage<Void> putPipeline(PipelineModel model) {
      return shared.guarded(id, () -> real.putPipeline(model));
    }

    @Override
    public CompletionStage<Optional<PipelineModel>> findPipeline(String modelVersion, Party party) {
      return real.findPipeline(modelVersion, party);
    }

    @Override
    public CompletionStage<List<PipelineModel>> pipelines(PipelineModelQuery query) {
      return real.pipelines(query);
    }
  }

  record Blobs(BlobStore real, SharedMemory shared, String id) implements BlobStore {

    @Override
    public void write(String key, Content content) throws IOException {
      BlobStore whole = new MemoryBlobStore();
      whole.write(key, content);
      try (InputStream made = whole.read(key)) {
        byte[] bytes = made.readAllBytes();
        guarded(() -> real.write(key, out -> out.write(bytes)));
      }
    }

    @Override
    public InputStream read(String key) throws IOException {
      return real.read(key);
    }

    @Override
    public long size(String key) throws IOException {
      return real.size(key);
    }

    @Override
    public void delete(String key) throws IOException {
      guarded(() -> real.delete(key));
    }

    @Override
    public boolean exchange(String key, byte[] seen, byte[] next) throws IOException {
      AtomicBoolean exchanged = new AtomicBoolean();
      guarded(() -> exchanged.set(real.exchange(key, seen, next)));
      return exchanged.get();
    }

    private interface Write {
      void run() throws IOException;
    }

    private void guarded(Write write) throws IOException {
      CompletionStage<Void> done =
          shared.guarded(
              id,
              () -> {
                try {
                  write.run();
                  return CompletableFuture.completedStage(null);
                } catch (IOException failed) {
                  return CompletableFuture.failedStage(failed);
                }
              });
      try {
        done.toCompletableFuture().join();
      } catch (CompletionException failed) {
        if (failed.getCause() instanceof IOException io) {
          throw io;
        }
        throw (RuntimeException) failed.getCause();
      }
    }
  }
}
