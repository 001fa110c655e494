package io.fedflow.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.JsonCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The promises of {@link JsonCodec}. */
public abstract class JsonCodecContract {

  private static final int BEYOND_EVERY_BOUND = 100_000;

  /** A codec as the host makes it. */
  protected abstract JsonCodec codec();

  private Object again(Object tree) {
    return codec().read(codec().write(tree));
  }

  private void expectMalformed(String text) {
    assertThatThrownBy(() -> codec().read(text))
        .as("read of %.40s", text)
        .isInstanceOfSatisfying(
            FedflowException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("json.malformed");
              assertThat(refused.kind()).isEqualTo(FailureKind.INVALID);
            });
  }

  @Test
  void D1_whatIsWritten_isReadAsItWas() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("text", "\" \\ / \b\f\n\r\t \u0000 \u001f \u007f \u2028 é 漢 \ud83d\ude00");
    tree.put("", "");
    tree.put("yes", true);
    tree.put("no", false);
    tree.put("nothing", null);
    tree.put("empty", Map.of());
    tree.put("list", Arrays.asList(null, List.of(), List.of(Map.of("a", List.of("b")))));
    assertThat(again(tree)).isEqualTo(tree);
    for (Object root : Arrays.asList("text", true, null, List.of())) {
      assertThat(again(root)).isEqualTo(root);
    }
  }

  @Test
  void D2_objects_keepTheirOrder() {
    List<String> keys = IntStream.range(0, 50).mapToObj(i -> "k" + i * 37 % 50).toList();
    Map<String, Object> tree = new LinkedHashMap<>();
    keys.forEach(key -> tree.put(key, 1));
    String text = codec().write(tree);
    Map<?, ?> read = (Map<?, ?>) codec().read(text);
    assertThat(new ArrayList<Object>(read.keySet())).isEqualTo(keys);
    assertThat(codec().write(read)).isEqualTo(text);
  }

  @Test
  void D3_wholeNumbers_stayWholeAndExact() {
    for (long number : List.of(0L, 1L, -1L, 3_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE)) {
      assertThat(codec().write(number)).isEqualTo(Long.toString(number));
      Object read = again(number);
      assertThat(read).isNotInstanceOf(Double.class).isInstanceOf(Number.class);
      assertThat(((Number) read).longValue()).isEqualTo(number);
    }
  }

  @Test
  void D3_otherNumbers_keepEveryBit() {
    for (double number :
        List.of(0.0, -0.0, 1.0, 0.1, 1e-7, 1e300, Double.MIN_VALUE, Double.MAX_VALUE, 1.0 / 3)) {
      assertThat(again(number)).isEqualTo(number);
    }
  }

  @Test
  void D4_nonFiniteNumbers_areTokens() {
    List<Double> numbers = List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    assertThat(codec().write(numbers)).isEqualTo("[NaN,Infinity,-Infinity]");
    assertThat(again(numbers)).isEqualTo(numbers);
  }

  @Test
  void D5_trees_areWrittenWithoutWhiteSpace() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("a", List.of(1, 2, Map.of("b", true)));
    tree.put("c", null);
    assertThat(codec().write(tree)).isEqualTo("{\"a\":[1,2,{\"b\":true}],\"c\":null}");
  }

  @Test
  void D6_textsThatAreNoJson_areRefused() {
    for (String text :
        List.of(
            "", " ", "{", "[1,]", "{\"a\"}", "{a:1}", "nul", "[1] 2", "\"a", "[1}", "{\"a\":}")) {
      expectMalformed(text);
    }
  }

  @Test
  void D6_refusals_nameLineAndColumn() {
    assertThatThrownBy(() -> codec().read("{\n\n  \"a\": x}"))
        .isInstanceOf(FedflowException.class)
        .hasMessageContainingAll("line", "3", "column");
  }

  @Test
  void D7_nestingBeyondAllBounds_isRefusedToo() {
    expectMalformed("[".repeat(BEYOND_EVERY_BOUND));
    expectMalformed("{\"a\":".repeat(BEYOND_EVERY_BOUND));
  }

  @Test
  void D8_manyThreads_doNotMixUpTheirTrees() {
    JsonCodec shared = codec();
    List<List<String>> trees =
        IntStream.range(0, 500).mapToObj(i -> List.of("tree", "of " + i)).toList();
    List<Object> read =
        trees.parallelStream().map(tree -> shared.read(shared.write(tree))).toList();
    assertThat(read).allMatch(Objects::nonNull).isEqualTo(trees);
  }
}
