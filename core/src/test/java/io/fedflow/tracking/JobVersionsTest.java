package io.fedflow.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.memory.MemoryStores;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.spi.ForwardingTrackingStore;
import io.fedflow.spi.Stores;
import io.fedflow.spi.TrackingStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class JobVersionsTest {

  private static final TaskId TASK = new TaskId("j1", "lr_0", 0);
  private static final Party GUEST = new Party(Role.GUEST, "9999");

  private final JobVersions versions = new JobVersions();
  private final Stores memory = MemoryStores.create();

  private void changes(Supplier<CompletionStage<Void>> write) {
    long before = versions.of("j1");
    long other = versions.of("j2");
    write.get().toCompletableFuture().join();
    assertThat(versions.of("j1")).isGreaterThan(before);
    assertThat(versions.of("j2")).isEqualTo(other);
  }

  @Test
  void everyWriteOfAJobChangesItsVersion() {
    TrackingStore tracking = versions.watching(memory).tracking();
    changes(
        () ->
            tracking.appendMetrics(
                List.of(new MetricValue(TASK, GUEST, "train", "loss", 0, 0.5, 1))));
    changes(
        () ->
            tracking.putMetricMetas(
                List.of(new MetricMeta(TASK, GUEST, "train", "loss", "LOSS", Map.of()))));
    changes(() -> tracking.putSummary(TASK, GUEST, Map.of("a", 1)));
    changes(() -> tracking.putOutputs(TASK, GUEST, List.of(new OutputData("data", "n", "t", 1))));
    changes(() -> tracking.clean(TASK, GUEST));
    changes(() -> tracking.deleteMetrics("j1"));
  }

  @Test
  void versionsChangeBeforeAWriteAndBeforeItsEndIsKnown() {
    CompletableFuture<Void> written = new CompletableFuture<>();
    Stores slow =
        new Stores(
            memory.jobs(),
            new ForwardingTrackingStore(memory.tracking()) {
              @Override
              public CompletionStage<Void> putSummary(
                  TaskId task, Party party, Map<String, Object> summary) {
                return written;
              }
            },
            memory.tables(),
            memory.models(),
            memory.blobs(),
            memory.servers(),
            memory.closer());
    long before = versions.of("j1");
    CompletionStage<Void> write =
        versions.watching(slow).tracking().putSummary(TASK, GUEST, Map.of());
    long during = versions.of("j1");
    assertThat(during).isGreaterThan(before);
    CompletableFuture<Long> after =
        write.handle((done, failure) -> versions.of("j1")).toCompletableFuture();
    written.completeExceptionally(new IllegalStateException("nobody knows"));
    assertThat(after.join()).isGreaterThan(during);
  }
}
