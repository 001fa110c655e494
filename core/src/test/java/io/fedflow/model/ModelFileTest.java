package io.fedflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.fakes.Damage;
import io.fedflow.fakes.Refusals;
import io.fedflow.model.MessageSchema.Type;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ModelFileTest {

  private static ComponentModel random(Random random) {
    return new RandomModels(random).model();
  }

  private static void assertDamaged(byte[] bytes, String when) {
    Refusals.assertRefused("model.damaged", () -> ModelFile.read(bytes), when);
  }

  @Test
  void anyModelComesBackWithItsShape() {
    for (int seed = 0; seed < 3_000; seed++) {
      ComponentModel model = random(new Random(seed));
      byte[] bytes = ModelFile.write(model);
      ComponentModel back = ModelFile.read(bytes);
      assertThat(back).as("seed %s", seed).isEqualTo(model);
      back.messages()
          .forEach(
              (name, message) ->
                  assertThat(message.schema()).isEqualTo(model.messages().get(name).schema()));
      assertThat(ModelFile.write(back)).as("seed %s", seed).isEqualTo(bytes);
    }
  }

  @Test
  void aCutOrLongerModelIsDamaged() {
    for (int seed = 0; seed < 60; seed++) {
      byte[] bytes = ModelFile.write(random(new Random(seed)));
      for (int length = 0; length < bytes.length; length++) {
        assertDamaged(Arrays.copyOf(bytes, length), seed + " cut to " + length);
      }
      assertDamaged(Arrays.copyOf(bytes, bytes.length + 1), seed + " with one byte more");
    }
  }

  @Test
  void spoiltBytesGiveAModelOrADamage() {
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = ModelFile.write(random(random));
      byte[] spoilt =
          random.nextBoolean() ? Damage.mutate(bytes, random) : Damage.splice(bytes, random);
      Refusals.assertFineOrRefused(
          "model.damaged", () -> ModelFile.write(ModelFile.read(spoilt)), "seed " + seed);
    }
  }

  @Test
  void noiseIsDamaged() {
    for (int seed = 0; seed < 5_000; seed++) {
      byte[] noise = Damage.noise(new Random(seed), 200);
      assertDamaged(noise, "seed " + seed);
      byte[] begun = Arrays.copyOf("FFM1".getBytes(), noise.length + 4);
      System.arraycopy(noise, 0, begun, 4, noise.length);
      assertDamaged(begun, "begun, seed " + seed);
    }
  }

  @Test
  void hugeCountsAllocateNothingHuge() throws IOException {
    assertDamaged(file(Integer.MAX_VALUE, 0, 0), "messages");
    assertDamaged(file(1, 10_000, 0), "fields");
    assertDamaged(file(1, 0, 1 << 30), "bytes");
    assertDamaged(file(1, 0, -1), "fewer than no bytes");
    assertDamaged(file(-1, 0, 0), "fewer than no messages");
  }

  private static byte[] file(int messages, int fields, int length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(0x46464D31);
      out.writeUTF("c");
      out.writeUTF("m");
      out.writeUTF("a");
      out.writeInt(messages);
      out.writeUTF("P");
      out.writeUTF("S");
      out.writeInt(fields);
      if (fields == 0) {
        out.writeInt(length);
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void aShapeThatNestsForeverIsDamaged() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(file(1, 1, 0));
      for (int i = 0; i < 10_000; i++) {
        out.writeUTF("f");
        out.writeInt(1);
        out.writeByte(Type.MESSAGE.ordinal());
        out.writeByte(0);
        out.writeUTF("S");
        out.writeInt(1);
      }
    }
    assertDamaged(bytes.toByteArray(), "deep");
  }

  @Test
  void twoMessagesOfOneNameAreDamaged() {
    MessageSchema schema = MessageSchema.builder("S").build();
    ModelMessage empty = new ModelMessage(schema, Map.of());
    byte[] bytes =
        ModelFile.write(
            new ComponentModel(
                "c", "m", "a", new java.util.TreeMap<>(Map.of("P", empty, "Q", empty))));
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 'Q') {
        bytes[i] = 'P';
      }
    }
    assertDamaged(bytes, "two of one name");
  }
}
