package io.fedflow.transport.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JacksonJsonCodecTest {

  private final JacksonJsonCodec codec = new JacksonJsonCodec();

  @Test
  void objectsKeepTheirOrder() {
    String text = "{\"z\":1,\"a\":{\"y\":[],\"b\":null},\"m\":true}";
    assertThat(codec.write(codec.read(text))).isEqualTo(text);
  }

  @Test
  void numbersKeepKindAndSize() {
    assertThat(codec.read("[1,3000000000,1.0,123456789012345678901,1e3]"))
        .isEqualTo(
            List.of(1, 3_000_000_000L, 1.0, new BigInteger("123456789012345678901"), 1000.0));
    assertThat(codec.write(Arrays.asList(1, 2L, 1.0, (short) 3, 0.1f, 1e-7)))
        .isEqualTo("[1,2,1.0,3,0.10000000149011612,1.0E-7]");
  }

  @Test
  void numbersBeyondDoublesBecomeInfinite() {
    assertThat(codec.read("-1e999999999999")).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void nonFiniteNumbersGoBothWays() {
    String text = "[NaN,Infinity,-Infinity]";
    Object tree = codec.read(text);
    assertThat(tree)
        .isEqualTo(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    assertThat(codec.write(tree)).isEqualTo(text);
  }

  @Test
  void nullsAndKeysOfOtherTypesAreWritten() {
    Map<Object, Object> tree = new LinkedHashMap<>();
    tree.put(1, null);
    tree.put("π", "\u0000\"\\");
    assertThat(codec.write(tree)).isEqualTo("{\"1\":null,\"π\":\"\\u0000\\\"\\\\\"}");
  }

  @Test
  void theLastOfTwoEqualKeysCounts() {
    assertThat(codec.read("{\"a\":1,\"a\":2}")).isEqualTo(Map.of("a", 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\"}",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "nul",
        "[1] 2",
        "\"a",
        "01",
        "+1",
        ".5",
        "/*c*/1",
        "\u0000",
        "[1}",
        "{\"a\":}",
      })
  void textsThatAreNotJsonAreRefused(String text) {
    assertThatThrownBy(() -> codec.read(text))
        .isInstanceOfSatisfying(
            FedflowException.class,
            e -> {
              assertThat(e.code()).isEqualTo("json.malformed");
              assertThat(e.kind()).isEqualTo(FailureKind.INVALID);
            });
  }

  @Test
  void refusalsNameTheSpot() {
    assertThatThrownBy(() -> codec.read("{\n  \"a\": x}"))
        .hasMessageContaining("line 2")
        .hasMessageContaining("column 8");
  }

  @Test
  void deepNestingIsRefusedInBothDirections() {
    assertThatThrownBy(() -> codec.read("[".repeat(100_000)))
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("depth");
    Object tree = List.of();
    for (int i = 0; i < 300; i++) {
      tree = List.of(tree);
    }
    Object deep = tree;
    assertThatThrownBy(() -> codec.write(deep)).isInstanceOf(FedflowException.class);
  }

  @Test
  void sizesAreBounded() {
    JacksonJsonCodec small = new JacksonJsonCodec(new JsonLimits(10, 60, 20, 10));
    assertThat(small.read("\"" + "x".repeat(20) + "\"")).isEqualTo("x".repeat(20));
    assertThatThrownBy(() -> small.read("\"" + "x".repeat(21) + "\""))
        .isInstanceOf(FedflowException.class);
    assertThatThrownBy(() -> small.read("{\"" + "x".repeat(11) + "\":1}"))
        .isInstanceOf(FedflowException.class);
    assertThatThrownBy(() -> small.read("[" + "1,".repeat(30) + "1]"))
        .isInstanceOf(FedflowException.class);
  }

  @Test
  void otherTypesAreBugs() {
    assertThatThrownBy(() -> codec.write(new Object()))
        .isInstanceOfSatisfying(
            FedflowException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.BUG));
  }
}
