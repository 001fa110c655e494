package io.fedflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.fakes.Damage;
import io.fedflow.fakes.Refusals;
import io.fedflow.model.MessageSchema.Field;
import io.fedflow.model.MessageSchema.Label;
import io.fedflow.model.MessageSchema.Type;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProtobufCodecTest {

  private static final MessageSchema INNER =
      MessageSchema.builder("Inner").one("a", 1, Type.INT32).build();
  private static final MessageSchema ALL =
      new MessageSchema(
          "All",
          List.of(
              new Field("i", 1, Type.INT32, Label.ONE, null),
              new Field("s", 2, Type.STRING, Label.ONE, null),
              new Field("m", 3, Type.MESSAGE, Label.ONE, INNER),
              new Field("packed", 4, Type.INT32, Label.REPEATED, null),
              new Field("d", 5, Type.DOUBLE, Label.ONE, null),
              new Field("map", 6, Type.DOUBLE, Label.MAP, null),
              new Field("int_map", 7, Type.STRING, Label.INT_MAP, null),
              new Field("b", 8, Type.BOOL, Label.ONE, null),
              new Field("l", 16, Type.INT64, Label.ONE, null),
              new Field("texts", 17, Type.STRING, Label.REPEATED, null)));

  private static String hex(Map<String, ?> values) {
    return HexFormat.ofDelimiter(" ").formatHex(ProtobufCodec.write(new ModelMessage(ALL, values)));
  }

  private static ModelMessage read(String hex) {
    return ProtobufCodec.read(ALL, HexFormat.ofDelimiter(" ").parseHex(hex));
  }

  private static void assertDamaged(String hex) {
    Refusals.assertRefused("model.damaged", () -> read(hex), hex);
  }

  /** The examples of the protobuf documentation, and what protoc writes. */
  @Test
  void writesWhatProtobufWrites() {
    assertThat(hex(Map.of("i", 150))).isEqualTo("08 96 01");
    assertThat(hex(Map.of("i", -2))).isEqualTo("08 fe ff ff ff ff ff ff ff ff 01");
    assertThat(hex(Map.of("s", "testing"))).isEqualTo("12 07 74 65 73 74 69 6e 67");
    assertThat(hex(Map.of("m", new ModelMessage(INNER, Map.of("a", 150)))))
        .isEqualTo("1a 03 08 96 01");
    assertThat(hex(Map.of("packed", List.of(3, 270, 86942)))).isEqualTo("22 06 03 8e 02 9e a7 05");
    assertThat(hex(Map.of("d", 1.5))).isEqualTo("29 00 00 00 00 00 00 f8 3f");
    assertThat(hex(Map.of("map", Map.of("x", 0.0))))
        .isEqualTo("32 0c 0a 01 78 11 00 00 00 00 00 00 00 00");
    assertThat(hex(Map.of("int_map", Map.of(2, "y")))).isEqualTo("3a 05 08 02 12 01 79");
    assertThat(hex(Map.of("b", true, "l", 1L << 40))).isEqualTo("40 01 80 01 80 80 80 80 80 20");
    assertThat(hex(Map.of("texts", List.of("", "é")))).isEqualTo("8a 01 00 8a 01 02 c3 a9");
  }

  @Test
  void leavesDefaultsOutButNotTheNegativeZero() {
    assertThat(hex(Map.of("i", 0, "s", "", "d", 0.0, "b", false, "l", 0L))).isEmpty();
    assertThat(hex(Map.of("packed", List.of(), "texts", List.of(), "map", Map.of()))).isEmpty();
    assertThat(hex(Map.of("d", -0.0))).isEqualTo("29 00 00 00 00 00 00 00 80");
  }

  @Test
  void readsWhatOtherWritersMayWrite() {
    assertThat(read("20 03 20 8e 02 22 01 05").list("packed")).containsExactly(3, 270, 5);
    assertThat(read("08 01 08 02").values()).containsEntry("i", 2);
    assertThat(read("32 03 0a 01 78").map("map")).containsEntry("x", 0.0);
    assertThat(read("3a 03 12 01 79").map("int_map")).isEqualTo(Map.of(0, "y"));
    assertThat(
            read("98 06 05 92 06 02 01 02 8d 06 01 02 03 04 81 06 01 02 03 04 05 06 07 08")
                .values())
        .isEmpty();
    assertThat(read("08 fe ff ff ff ff ff ff ff ff 01").number("i")).isEqualTo(-2);
    assertThat(read("").text("s")).isEmpty();
    assertThat(read("").message("m").number("a")).isZero();
  }

  @Test
  void refusesWhatIsNoMessageOfTheShape() {
    assertDamaged("08");
    assertDamaged("08 80");
    assertDamaged("08 80 80 80 80 80 80 80 80 80 80 01");
    assertDamaged("12 07 74");
    assertDamaged("12 ff ff ff ff ff ff ff ff ff 01");
    assertDamaged("0a 01 05");
    assertDamaged("29 00");
    assertDamaged("12 01 ff");
    assertDamaged("30 01");
    assertDamaged("32 04 08 01 12 00");
    assertDamaged("3a 03 0a 01 78");
    assertDamaged("0b");
    assertDamaged("98 06");
    assertDamaged("9e 06 01");
  }

  @Test
  void anyMessageComesBack() {
    for (int seed = 0; seed < 5_000; seed++) {
      RandomModels models = new RandomModels(new Random(seed));
      ModelMessage message = models.message(models.schema(3));
      byte[] bytes = ProtobufCodec.write(message);
      ModelMessage back = ProtobufCodec.read(message.schema(), bytes);
      assertThat(back).as("seed %s", seed).isEqualTo(message);
      assertThat(ProtobufCodec.write(back)).as("seed %s", seed).isEqualTo(bytes);
    }
  }

  @Test
  void spoiltBytesGiveAMessageOrADamage() {
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      RandomModels models = new RandomModels(random);
      MessageSchema schema = models.schema(3);
      byte[] bytes = ProtobufCodec.write(models.message(schema));
      byte[] spoilt =
          switch (random.nextInt(bytes.length == 0 ? 1 : 4)) {
            case 0 -> Damage.noise(random, 60);
            case 1 -> Damage.mutate(bytes, random);
            case 2 -> Damage.splice(bytes, random);
            default -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
          };
      Refusals.assertFineOrRefused(
          "model.damaged", () -> rewrite(ProtobufCodec.read(schema, spoilt)), "seed " + seed);
    }
  }

  /** A message that was read can be written: all its values are of the declared types. */
  private static void rewrite(ModelMessage message) {
    byte[] bytes = ProtobufCodec.write(message);
    assertThat(ProtobufCodec.write(ProtobufCodec.read(message.schema(), bytes))).isEqualTo(bytes);
  }

  @Test
  void aSchemaDeclaresEveryNameAndNumberOnce() {
    assertThatThrownBy(
            () -> MessageSchema.builder("M").one("a", 1, Type.BOOL).one("b", 1, Type.BOOL).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> MessageSchema.builder("M").one("a", 1, Type.BOOL).map("a", 2, INNER).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MessageSchema.builder("M").one("a", 0, Type.BOOL).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMessageHoldsDeclaredFieldsOnly() {
    assertThatThrownBy(() -> new ModelMessage(INNER, Map.of("x", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Inner has no field x");
    Map<String, Object> absent = new LinkedHashMap<>();
    absent.put("a", null);
    assertThat(new ModelMessage(INNER, absent).values()).isEmpty();
    assertThat(new ModelMessage(INNER, Map.of("a", 1))).hasToString("Inner");
  }
}
