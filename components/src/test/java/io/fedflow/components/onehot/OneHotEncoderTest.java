package io.fedflow.components.onehot;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.model.ModelMessage;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OneHotEncoderTest {

  private static Table guest(double... values) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("a", new double[values.length]);
    columns.put("k", values);
    columns.put("z", new double[values.length]);
    return Tables.instances(GUEST, new double[values.length], columns);
  }

  private static ComponentHarness harness(Map<String, ?> params, Table guest) {
    Table ids = Tables.ofIds("1", "2", "3");
    Table host =
        ids.withColumns(
            List.of(
                new ColumnSpec(
                    "colour", ColumnSpec.Type.TEXT, ColumnSpec.Use.FEATURE, "host_10000_x0")),
            List.of(new Column.Texts(new String[] {"red", "blue", "red"})));
    return Pair.harness(new OneHotEncoder(), Map.of())
        .params(GUEST, params)
        .inputs(GUEST, Tables.asData(guest))
        .inputs(HOST, Tables.asData(host));
  }

  private static final Map<String, ?> ONLY_K = Map.of("transform_col_indexes", List.of(1));

  @Test
  void everyValue_isAColumnWhereTheOldOneStood() {
    Result result = harness(ONLY_K, guest(10, -1, 2, 10)).run().succeeded();
    Table table = result.of(GUEST).data().get(0);
    assertThat(table.schema().header()).containsExactly("a", "k_-1", "k_2", "k_10", "z");
    assertThat(table.schema().anonymousHeader())
        .containsExactly(
            "guest_9999_x0",
            "guest_9999_x1_0",
            "guest_9999_x1_1",
            "guest_9999_x1_2",
            "guest_9999_x2");
    assertThat(table.numbers("k_10")).containsExactly(1, 0, 0, 1);
    assertThat(table.numbers("k_-1")).containsExactly(0, 1, 0, 0);
    assertThat(table.schema().columns().get(table.schema().indexOf("k_2")).type())
        .isEqualTo(ColumnSpec.Type.INTEGER);
    assertThat(result.trackers().get(GUEST).summary())
        .isEqualTo(Map.of("original_dimension", 3, "transferred_dimension", 5));
    Table host = result.of(HOST).data().get(0);
    assertThat(host.schema().header()).containsExactly("colour_blue", "colour_red");
    assertThat(host.numbers("colour_red")).containsExactly(1, 0, 1);
    assertThat(result.messages()).isEmpty();
    ModelMessage param = result.of(GUEST).model().orElseThrow().param();
    assertThat(param.<ModelMessage>map("col_map").get("k").<String>list("values"))
        .containsExactly("-1", "2", "10");
    assertThat(param.<String>list("result_header")).isEqualTo(table.schema().header());
  }

  @Test
  void storedModel_givesTheSameColumns_aNewValueIsNoneOfThem() {
    Result fitted = harness(ONLY_K, guest(1, 2)).run().succeeded();
    Result applied =
        harness(Map.of(), guest(1))
            .inputs(
                GUEST,
                Tables.withModel(
                    Tables.asData(guest(2, 7, Double.NaN)),
                    Pair.reread(fitted.of(GUEST).model().orElseThrow())))
            .run()
            .succeeded();
    Table table = applied.of(GUEST).data().get(0);
    assertThat(table.schema().header()).containsExactly("a", "k_1", "k_2", "z");
    assertThat(table.numbers("k_1")).containsExactly(0, 0, 0);
    assertThat(table.numbers("k_2")).containsExactly(1, 0, 0);
    Pair.assertSameBytes(
        fitted.of(GUEST).model().orElseThrow(),
        harness(ONLY_K, guest(1, 2)).run().of(GUEST).model().orElseThrow());
  }

  @Test
  void badInput_isNamed() {
    assertThat(harness(ONLY_K, guest(1, 1.5)).run().failures().get(GUEST))
        .has(Failures.code("onehot.values"))
        .hasMessageContaining("column k")
        .hasMessageContaining("fraction");
    assertThat(harness(ONLY_K, guest(1, Double.NaN)).run().failures().get(GUEST))
        .has(Failures.code("onehot.values"))
        .hasMessageContaining("missing");
    double[] many = new double[1025];
    Arrays.setAll(many, i -> i);
    assertThat(harness(ONLY_K, guest(many)).run().failures().get(GUEST))
        .has(Failures.code("onehot.values"))
        .hasMessageContaining("1024");
    Map<String, ?> unknown =
        Map.of("transform_col_indexes", List.of(), "transform_col_names", List.of("q"));
    assertThat(harness(unknown, guest(1)).run().failures().get(GUEST))
        .has(Failures.code("columns.unknown"));
    Map<String, double[]> taken = new LinkedHashMap<>();
    taken.put("k", new double[] {1});
    taken.put("k_1", new double[] {0});
    assertThat(
            harness(
                    Map.of("transform_col_indexes", List.of(0)),
                    Tables.instances(GUEST, null, taken))
                .run()
                .failures()
                .get(GUEST))
        .has(Failures.code("columns.double"));
  }
}
