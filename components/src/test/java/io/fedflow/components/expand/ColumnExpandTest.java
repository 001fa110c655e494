package io.fedflow.components.expand;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.components.transform.DataTransform;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColumnExpandTest {

  private static ComponentHarness harness(Map<String, ?> params) {
    return Pair.harness(new ColumnExpand(), params)
        .inputs(GUEST, Tables.asData(Tables.raw("a,b", "1,10,20", "2,30,40")))
        .inputs(HOST, Tables.asData(Tables.raw("h", "1,5")));
  }

  @Test
  void newColumns_standBehind_withOneValueOrOneEach() {
    Result result =
        harness(Map.of())
            .params(
                GUEST, Map.of("append_header", List.of("c", "d"), "fill_value", List.of("x", 7)))
            .params(HOST, Map.of("append_header", List.of("k")))
            .run()
            .succeeded();
    Table guest = result.of(GUEST).data().get(0);
    assertThat(guest.schema().header()).containsExactly("a", "b", "c", "d");
    assertThat(guest.column(2).textAt(1)).isEqualTo("x");
    assertThat(guest.column(3).textAt(0)).isEqualTo("7");
    assertThat(guest.schema().anonymousHeader())
        .containsExactly("", "", "guest_9999_exp_0", "guest_9999_exp_1");
    assertThat(Double.parseDouble(result.of(HOST).data().get(0).column(1).textAt(0)))
        .isEqualTo(1e-8);
    assertThat(result.of(GUEST).model().orElseThrow().param().<String>list("header"))
        .containsExactly("a", "b", "c", "d");
    assertThat(result.messages()).isEmpty();
  }

  @Test
  void dataTransform_readsThem_andKeepsTheirAnonymousNames() {
    Result expanded =
        harness(Map.of("append_header", List.of("k"), "fill_value", 0.5)).run().succeeded();
    Result read =
        Pair.harness(new DataTransform(), Map.of())
            .inputs(GUEST, Tables.asData(expanded.of(GUEST).data().get(0)))
            .inputs(HOST, Tables.asData(expanded.of(HOST).data().get(0)))
            .run()
            .succeeded();
    Table guest = read.of(GUEST).data().get(0);
    assertThat(guest.numbers("k")).containsExactly(0.5, 0.5);
    assertThat(guest.schema().anonymousHeader())
        .containsExactly("guest_9999_x0", "guest_9999_x1", "guest_9999_exp_0");
  }

  @Test
  void storedModel_appendsTheSame() {
    Result fitted =
        harness(Map.of("append_header", List.of("k"), "fill_value", 3)).run().succeeded();
    Result applied =
        harness(Map.of())
            .inputs(
                GUEST,
                Tables.withModel(
                    Tables.asData(Tables.raw("b", "9,1")),
                    Pair.reread(fitted.of(GUEST).model().orElseThrow())))
            .run()
            .succeeded();
    assertThat(applied.of(GUEST).data().get(0).schema().header()).containsExactly("b", "k");
    assertThat(applied.of(GUEST).data().get(0).column(1).textAt(0)).isEqualTo("3");
  }

  @Test
  void badInput_isNamed() {
    assertThat(harness(Map.of("append_header", List.of("a"))).run().failures().get(GUEST))
        .has(Failures.code("columns.double"))
        .hasMessageContaining("append_header")
        .hasMessageContaining("a");
    assertThat(
            harness(Map.of())
                .inputs(HOST, Tables.asData(Tables.ofIds("1")))
                .run()
                .failures()
                .get(HOST))
        .has(Failures.code("inputs.kind"));
    assertThat(
            Pair.refused(
                new ColumnExpand(),
                Map.of("append_header", List.of("a", "a"), "fill_value", List.of(1))))
        .containsExactlyInAnyOrder("p/append_header", "p/fill_value");
    assertThat(Pair.refused(new ColumnExpand(), Map.of("method", "random")))
        .containsExactly("p/method");
  }
}
