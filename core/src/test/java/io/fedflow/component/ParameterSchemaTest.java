package io.fedflow.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.Problem;
import io.fedflow.failure.Problems;
import io.fedflow.fakes.Refusals;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParameterSchemaTest {

  private static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .bool("flag", false, "a flag")
          .integer("count", 3, 1, 10, "how many")
          .integer("open", 0, null, null, "any integer")
          .integer("maybe", null, 0, null, "perhaps an integer")
          .number("rate", 0.5, 0.0, 1.0, "a rate")
          .openNumber("share", 0.5, 0.0, 1.0, "a share")
          .text("name", "x", "a name")
          .text("label", null, "perhaps a label")
          .choice("kind", "a", List.of("a", "b"), "one of two")
          .choices("kinds", List.of("a"), List.of("a", "b"), "some of two")
          .any("index", -1, "one or many", ParameterType.INT, ParameterType.LIST)
          .any("tree", Map.of(), "anything", ParameterType.MAP)
          .object(
              "inner",
              ParameterSchema.builder().integer("depth", 2, 1, null, "how deep").build(),
              "its own schema")
          .build();

  private final Problems problems = new Problems();

  private Params resolve(String name, Object value) {
    return SCHEMA.resolve(Collections.singletonMap(name, value), "conf/x", problems);
  }

  private void accepts(String name, Object... values) {
    for (Object value : values) {
      Params params = resolve(name, value);
      assertThat(problems.errors()).as("%s: %s", name, value).isEmpty();
      assertThat(params.isUserFed(name)).isTrue();
    }
  }

  private void refuses(String name, String allowed, Object... values) {
    Object standard = SCHEMA.resolve(Map.of(), "", new Problems()).get(name);
    for (Object value : values) {
      Problems own = new Problems();
      Params params = SCHEMA.resolve(Collections.singletonMap(name, value), "conf/x", own);
      assertThat(own.errors()).as("%s: %s", name, value).hasSize(1);
      Problem problem = own.errors().get(0);
      assertThat(problem.pointer()).isEqualTo("conf/x/" + name);
      assertThat(problem.allowed()).isEqualTo(allowed);
      assertThat(problem.found()).isEqualTo(String.valueOf(value));
      assertThat(params.get(name)).isEqualTo(standard);
    }
  }

  @Test
  void silenceMeansTheDefaults() {
    Params params = SCHEMA.resolve(Map.of(), "conf/x", problems);
    assertThat(problems.errors()).isEmpty();
    assertThat(params.bool("flag")).isFalse();
    assertThat(params.integer("count")).isEqualTo(3);
    assertThat(params.isNull("maybe")).isTrue();
    assertThat(params.number("rate")).isEqualTo(0.5);
    assertThat(params.text("name")).isEqualTo("x");
    assertThat(params.text("label")).isNull();
    assertThat(params.texts("kinds")).containsExactly("a");
    assertThat(params.map("tree")).isEmpty();
    assertThat(params.object("inner").integer("depth")).isEqualTo(2);
    assertThat(params.isUserFed("count")).isFalse();
    assertThat(params.toTree()).containsEntry("inner", Map.of("depth", 2)).hasSize(13);
  }

  @Test
  void acceptsWhatIsDeclared() {
    accepts("flag", true, false);
    accepts("count", 1, 10, 5L, (short) 2);
    accepts("open", Integer.MIN_VALUE, Integer.MAX_VALUE);
    accepts("maybe", 0, null);
    accepts("rate", 0, 1, 0.25, 0.0f, BigInteger.ONE);
    accepts("share", 0.001, 0.999);
    accepts("name", "", "é");
    accepts("label", "l", null);
    accepts("index", 4, List.of(1, 2));
    accepts("tree", Map.of("a", List.of()));
    accepts("inner", Map.of("depth", 7), Map.of(), null);
  }

  @Test
  void refusesAnythingElse() {
    refuses("flag", "true or false", 0, 1, "true", null);
    refuses("count", "an integer >= 1 <= 10", 0, 11, -1L, 1.0, "3", null, true);
    refuses("maybe", "an integer or null >= 0", -1, 0.5);
    refuses("rate", "a number >= 0 <= 1", -0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY, "1");
    refuses("share", "a number > 0 < 1", 0, 1, -1);
    refuses("name", "a text", 1, null, List.of());
    refuses("kind", "a text of [a, b]", "c", "", 1, null);
    refuses("index", "an integer or an array", "all", 1.5, null);
    refuses("tree", "an object", List.of(), "x", null);
  }

  @Test
  void choicesDisregardCase() {
    assertThat(resolve("kind", "B").text("kind")).isEqualTo("b");
    assertThat(resolve("kinds", List.of("B", "a")).list("kinds")).isEqualTo(List.of("b", "a"));
    assertThat(problems.errors()).isEmpty();
    resolve("kinds", List.of("a", "c", "B", "d"));
    assertThat(problems.errors())
        .extracting(Problem::pointer)
        .containsExactly("conf/x/kinds/1", "conf/x/kinds/3");
  }

  @Test
  void nestedProblemsPointInside() {
    SCHEMA.resolve(Map.of("inner", Map.of("depth", 0, "width", 1), "outer", 1), "conf/x", problems);
    assertThat(problems.errors())
        .extracting(Problem::pointer)
        .containsExactlyInAnyOrder("conf/x/outer", "conf/x/inner/width", "conf/x/inner/depth");
    Problems own = new Problems();
    Params params = SCHEMA.resolve(Map.of("inner", "deep"), "conf/x", own);
    assertThat(own.errors()).extracting(Problem::pointer).containsExactly("conf/x/inner");
    assertThat(params.object("inner").integer("depth")).isEqualTo(2);
  }

  @Test
  void aSchemaWithoutParametersSaysSo() {
    ParameterSchema.empty().resolve(Map.of("a", 1), "conf/x", problems);
    assertThat(problems.errors().get(0).allowed()).isEqualTo("no parameter at all");
  }

  @Test
  void anIntegerOfMoreThanThirtyTwoBitsIsRefusedWhenItIsRead() {
    Params params = resolve("open", 3_000_000_000L);
    Refusals.assertRefused("parameter.range", () -> params.integer("open"), "too large");
    assertThat(params.number("open")).isEqualTo(3e9);
  }

  @Test
  void askingForWhatIsNotPromisedIsABug() {
    Params params = SCHEMA.resolve(Map.of(), "", problems);
    assertThatThrownBy(() -> params.get("nothing")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> params.bool("name")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> params.text("count")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> params.integer("maybe")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameIsDeclaredOnce() {
    ParameterSchema.Builder builder = ParameterSchema.builder().bool("a", true, "");
    assertThatThrownBy(() -> builder.text("a", "", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.include(SCHEMA).include(SCHEMA))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ParameterSchema.builder().include(SCHEMA).build().names()).isEqualTo(SCHEMA.names());
  }

  @Test
  void describesItselfAsATree() {
    Map<String, Object> tree = SCHEMA.toTree();
    assertThat(tree.get("count"))
        .isEqualTo(
            Map.of(
                "type",
                List.of("int"),
                "default",
                3,
                "minimum",
                1.0,
                "maximum",
                10.0,
                "description",
                "how many"));
    Map<String, Object> share = new HashMap<>();
    ((Map<?, ?>) tree.get("share")).forEach((k, v) -> share.put(k.toString(), v));
    assertThat(share).containsEntry("exclusiveMinimum", 0.0).containsEntry("exclusiveMaximum", 1.0);
    assertThat(tree.get("inner").toString()).contains("type=object", "depth");
    assertThat(SCHEMA.specs()).hasSize(13);
    assertThat(Arrays.stream(ParameterType.values()).map(ParameterType::spoken))
        .doesNotHaveDuplicates();
  }
}
