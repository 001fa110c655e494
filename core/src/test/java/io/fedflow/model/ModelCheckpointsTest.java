package io.fedflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FedflowException;
import io.fedflow.memory.MemoryStores;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.spi.BlobStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ModelCheckpointsTest {

  private static final Party GUEST = new Party(Role.GUEST, "1");
  private static final Party HOST = new Party(Role.HOST, "1");

  private final BlobStore blobs = MemoryStores.create().blobs();
  private final ModelCheckpoints kept =
      new ModelCheckpoints(blobs, InstantSource.fixed(Instant.ofEpochMilli(77)), UUID::randomUUID);

  private static ComponentModel model(String component, double weight) {
    return new ComponentModel(
        component,
        "HeteroLR",
        "model",
        Map.of(
            "AParam",
            new ModelMessage(
                MessageSchema.builder("A").one("w", 1, Type.DOUBLE).build(), Map.of("w", weight))));
  }

  @Test
  void models_areFoundByStepAndName() throws Exception {
    kept.store("v", GUEST, 4, "epoch_4", model("lr_0", 4));
    kept.store("v", GUEST, 0, "epoch_0", model("lr_0", 0.5));
    kept.store("v", GUEST, 1, "other", model("lr_1", 9));
    kept.store("v", HOST, 2, "epoch_2", model("lr_0", 2));
    assertThat(kept.list("v", GUEST, "lr_0"))
        .extracting(ModelCheckpoint::stepIndex)
        .containsExactly(0, 4);
    assertThat(kept.list("v", GUEST, "lr_0").get(0).createTime()).isEqualTo(77);
    assertThat(kept.load("v", GUEST, "lr_0", CheckpointStep.at(4)).param().number("w"))
        .isEqualTo(4);
    assertThat(kept.load("v", GUEST, "lr_0", CheckpointStep.named("epoch_0")).param().number("w"))
        .isEqualTo(0.5);
    assertThatThrownBy(() -> kept.load("v", GUEST, "lr_0", CheckpointStep.at(2)))
        .isInstanceOfSatisfying(
            FedflowException.class, e -> assertThat(e.code()).isEqualTo("checkpoint.unknown"));

    String before = kept.list("v", GUEST, "lr_0").get(1).blobKey();
    kept.store("v", GUEST, 4, "epoch_4", model("lr_0", 44));
    assertThat(kept.load("v", GUEST, "lr_0", CheckpointStep.at(4)).param().number("w"))
        .isEqualTo(44);
    assertThatThrownBy(() -> blobs.read(before)).hasMessageContaining("blob");

    kept.forget("v", GUEST, "lr_0");
    assertThat(kept.list("v", GUEST, "lr_0")).isEmpty();
    assertThat(kept.list("v", GUEST, "lr_1")).hasSize(1);
    kept.delete("v", GUEST);
    assertThat(kept.list("v", GUEST, "lr_1")).isEmpty();
    assertThat(kept.list("v", HOST, "lr_0")).hasSize(1);
  }

  @Test
  void whatIsDamaged_isNotUsed() throws Exception {
    kept.store("v", GUEST, 0, "epoch_0", model("lr_0", 1));
    ModelCheckpoint one = kept.list("v", GUEST, "lr_0").get(0);
    byte[] other = ModelFile.write(model("lr_0", 2));
    blobs.write(one.blobKey(), out -> out.write(other));
    assertThatThrownBy(() -> kept.read(one)).hasMessageContaining("digest");
  }

  @Test
  void stepsAndNames_areBounded() {
    for (Runnable wrong :
        new Runnable[] {
          () -> kept.store("v", GUEST, -1, "x", model("lr_0", 1)),
          () -> kept.store("v", GUEST, 0, "", model("lr_0", 1)),
          () -> kept.store("v", GUEST, 0, "a\tb", model("lr_0", 1)),
          () -> kept.store("v", GUEST, 0, "x".repeat(101), model("lr_0", 1)),
          () -> CheckpointStep.at(-1),
          () -> CheckpointStep.named("")
        }) {
      assertThatThrownBy(wrong::run)
          .isInstanceOfSatisfying(
              FedflowException.class, e -> assertThat(e.code()).isEqualTo("checkpoint.step"));
    }
    for (int step = 0; step < ModelCheckpoints.MOST_STEPS; step++) {
      kept.store("v", GUEST, step, "s", model("lr_0", step));
    }
    assertThatThrownBy(
            () -> kept.store("v", GUEST, ModelCheckpoints.MOST_STEPS, "s", model("lr_0", 1)))
        .hasMessageContaining("allowed 1000");
    kept.store("v", GUEST, 3, "s", model("lr_0", 1));
    assertThat(kept.list("v", GUEST, "lr_0")).hasSize(ModelCheckpoints.MOST_STEPS);
  }
}
