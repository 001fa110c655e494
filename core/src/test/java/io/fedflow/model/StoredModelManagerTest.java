package io.fedflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.Blobs;
import io.fedflow.fakes.Damage;
import io.fedflow.fakes.Plans;
import io.fedflow.fakes.Refusals;
import io.fedflow.memory.MemoryStores;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.party.Party;
import io.fedflow.spi.ModelStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class StoredModelManagerTest {

  private static final MessageSchema SCHEMA =
      MessageSchema.builder("Weights").repeated("weight", 1, Type.DOUBLE).build();

  private final Blobs blobs = new Blobs();
  private final ModelStore sound = MemoryStores.create().models();
  private FedflowException putFailure;
  private final StoredModelManager models =
      new StoredModelManager(new Registry(), blobs, InstantSource.system(), UUID::randomUUID);

  /** A sound registry, but for failing puts. */
  private final class Registry implements ModelStore {
    @Override
    public CompletionStage<Void> put(ModelEntry entry) {
      return putFailure == null ? sound.put(entry) : CompletableFuture.failedStage(putFailure);
    }

    @Override
    public CompletionStage<Optional<ModelEntry>> find(
        String modelVersion, Party party, String component) {
      return sound.find(modelVersion, party, component);
    }

    @Override
    public CompletionStage<List<ModelEntry>> list(String modelVersion) {
      return sound.list(modelVersion);
    }

    @Override
    public CompletionStage<List<ModelEntry>> removeEntries(String modelVersion, Party party) {
      return sound.removeEntries(modelVersion, party);
    }

    @Override
    public CompletionStage<Void> putPipeline(PipelineModel model) {
      return sound.putPipeline(model);
    }

    @Override
    public CompletionStage<Optional<PipelineModel>> findPipeline(String modelVersion, Party party) {
      return sound.findPipeline(modelVersion, party);
    }

    @Override
    public CompletionStage<List<PipelineModel>> pipelines(PipelineModelQuery query) {
      return sound.pipelines(query);
    }
  }

  private static ComponentModel model(String component, double... weights) {
    List<Double> list = Arrays.stream(weights).boxed().toList();
    return new ComponentModel(
        component,
        "HeteroLR",
        "model",
        Map.of("LRParam", new ModelMessage(SCHEMA, Map.of("weight", list))));
  }

  private ModelEntry store(String component, double... weights) {
    return models.store("id", "v1", Plans.GUEST, model(component, weights));
  }

  private Optional<ComponentModel> load(String component) {
    return models.load("v1", Plans.GUEST, component);
  }

  @Test
  void aModelComesBackToItsPartyOnly() {
    ModelEntry entry = store("lr_0", 1, 2);
    assertThat(load("lr_0")).contains(model("lr_0", 1, 2));
    assertThat(models.load("v1", Plans.HOST, "lr_0")).isEmpty();
    assertThat(models.load("v2", Plans.GUEST, "lr_0")).isEmpty();
    assertThat(load("lr_1")).isEmpty();
    assertThat(Await.value(models.list("v1"))).containsExactly(entry);
    assertThat(entry.module()).isEqualTo("HeteroLR");
  }

  @Test
  void storingAgainReplacesAndLeavesOneBlob() {
    store("lr_0", 1);
    ModelEntry second = store("lr_0", 2);
    assertThat(load("lr_0")).contains(model("lr_0", 2));
    assertThat(blobs.keys()).containsExactly(second.blobKey());
    store("lr_1", 3);
    assertThat(blobs.keys()).hasSize(2);
  }

  @Test
  void noDamageOfTheBytesIsRead() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      store("lr_0", random.nextDouble(), random.nextDouble());
      int kind = random.nextInt(4);
      blobs.spoil(
          bytes ->
              switch (kind) {
                case 0 -> Damage.mutate(bytes, random);
                case 1 -> Damage.splice(bytes, random);
                case 2 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
                default -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9));
              });
      Refusals.assertRefused("model.damaged", () -> load("lr_0"), "seed " + seed);
      assertThat(Refusals.of(() -> load("lr_0"), "seed " + seed))
          .hasMessageContaining("lr_0 at guest:1")
          .hasMessageContaining("v1");
    }
  }

  @Test
  void bytesThatAreGoneAreReported() throws IOException {
    blobs.delete(store("lr_0", 1).blobKey());
    Refusals.assertRefused("model.damaged", () -> load("lr_0"), "gone");
    assertThat(Refusals.of(() -> load("lr_0"), "gone")).hasMessageContaining("lr_0");
  }

  @Test
  void aModelReplacedWhileItIsReadIsReadAnew() {
    store("lr_0", 1);
    blobs.beforeRead(
        () -> {
          blobs.beforeRead(() -> {});
          store("lr_0", 2);
        });
    assertThat(load("lr_0")).contains(model("lr_0", 2));
  }

  @Test
  void aRegistryThatFailsLeavesNoBlob() {
    store("lr_0", 1);
    putFailure = new FedflowException(FailureKind.UNAVAILABLE, "store.down", "down");
    Refusals.assertRefused("store.down", () -> store("lr_0", 2), "down");
    assertThat(blobs.keys()).hasSize(1);
    assertThat(load("lr_0")).contains(model("lr_0", 1));
  }

  @Test
  void blobsThatFailAreUnavailable() {
    store("lr_0", 1);
    blobs.fail(new IOException("disk full"));
    assertThat(Refusals.of(() -> store("lr_0", 2), "full").kind())
        .isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(Refusals.of(() -> load("lr_0"), "full"))
        .hasMessageContaining("lr_0")
        .hasMessageContaining("disk full");
  }

  @Test
  void aModelWithoutAPartSaysWhichItHas() {
    ComponentModel model = model("lr_0", 1);
    assertThat(model.param().<Double>list("weight")).containsExactly(1.0);
    FedflowException refusal = Refusals.of(model::meta, "no meta");
    assertThat(refusal.code()).isEqualTo("model.incomplete");
    assertThat(refusal).hasMessageContaining("lr_0 (HeteroLR)").hasMessageContaining("LRParam");
  }

  @Test
  void deleting_leavesNoBytes() {
    store("lr_0", 1.5);
    store("lr_1", 2.5);
    assertThat(models.delete("v1", Plans.GUEST)).isEqualTo(2);
    assertThat(models.load("v1", Plans.GUEST, "lr_0")).isEmpty();
    assertThat(blobs.keys()).isEmpty();
    assertThat(models.delete("v1", Plans.GUEST)).isZero();
  }
}
