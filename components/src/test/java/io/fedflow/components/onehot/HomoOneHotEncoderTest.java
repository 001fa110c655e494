package io.fedflow.components.onehot;

import static io.fedflow.components.testing.Failures.code;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.testing.Tables;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HomoOneHotEncoderTest {

  private static final Party GUEST = new Party(Role.GUEST, "9999");
  private static final Party HOST = new Party(Role.HOST, "10000");

  private static final Parties PARTIES =
      new Parties(
          Map.of(
              Role.GUEST,
              List.of("9999"),
              Role.HOST,
              List.of("10000"),
              Role.ARBITER,
              List.of("10000")));

  private static Table numbers(Party party, double... values) {
    return Tables.instances(party, new double[values.length], Map.of("k", values));
  }

  private static Table texts(String... values) {
    return Tables.ofIds(
            IntStream.range(0, values.length).mapToObj(String::valueOf).toArray(String[]::new))
        .withColumns(
            List.of(new ColumnSpec("k", ColumnSpec.Type.TEXT, ColumnSpec.Use.FEATURE, "")),
            List.of(new Column.Texts(values)));
  }

  private static ComponentHarness harness(Table guest, Table host) {
    return new ComponentHarness(new HomoOneHotEncoder(), PARTIES)
        .params(Map.of())
        .inputs(GUEST, Tables.asData(guest))
        .inputs(HOST, Tables.asData(host));
  }

  @Test
  void everyParty_getsAColumnForEachValueOfAny_inAscendingOrder() {
    Result result = harness(numbers(GUEST, 10, 2), numbers(HOST, 2, -1, 7)).run().succeeded();
    List<String> expected = List.of("k_-1", "k_2", "k_7", "k_10");
    Table guest = result.of(GUEST).data().get(0);
    Table host = result.of(HOST).data().get(0);
    assertThat(guest.schema().header()).isEqualTo(expected);
    assertThat(host.schema().header()).isEqualTo(expected);
    assertThat(guest.numbers("k_10")).containsExactly(1, 0);
    assertThat(guest.numbers("k_7")).containsExactly(0, 0);
    assertThat(host.numbers("k_-1")).containsExactly(0, 1, 0);
    assertThat(result.messages())
        .extracting(message -> message.tag().name())
        .containsOnly("one_hot_values", "one_hot_union");
  }

  @Test
  void aModel_isAppliedWithoutAgreeing() {
    Result fitted = harness(numbers(GUEST, 1, 2), numbers(HOST, 3)).run().succeeded();
    Result applied =
        new ComponentHarness(new HomoOneHotEncoder(), PARTIES)
            .params(Map.of())
            .inputs(
                GUEST,
                Tables.withModel(
                    Tables.asData(numbers(GUEST, 3, 4)), fitted.of(GUEST).model().orElseThrow()))
            .inputs(
                HOST,
                Tables.withModel(
                    Tables.asData(numbers(HOST, 1)), fitted.of(HOST).model().orElseThrow()))
            .run()
            .succeeded();
    Table guest = applied.of(GUEST).data().get(0);
    assertThat(guest.schema().header()).containsExactly("k_1", "k_2", "k_3");
    assertThat(guest.numbers("k_3")).containsExactly(1, 0);
    assertThat(applied.of(HOST).data().get(0).numbers("k_1")).containsExactly(1);
    assertThat(applied.messages())
        .extracting(message -> message.tag().name())
        .containsOnly("one_hot_values");
  }

  @Test
  void withoutAlignment_everyPartyIsAlone() {
    Result result =
        harness(numbers(GUEST, 1), numbers(HOST, 2))
            .params(Map.of("need_alignment", false))
            .run()
            .succeeded();
    assertThat(result.of(GUEST).data().get(0).schema().header()).containsExactly("k_1");
    assertThat(result.of(HOST).data().get(0).schema().header()).containsExactly("k_2");
    assertThat(result.messages()).isEmpty();
  }

  @Test
  void noColumnAtAll_isNothingToAgreeOn() {
    Result result =
        harness(numbers(GUEST, 1), numbers(HOST, 2))
            .params(Map.of("transform_col_indexes", List.of()))
            .run()
            .succeeded();
    assertThat(result.of(HOST).data().get(0).schema().header()).containsExactly("k");
  }

  @Test
  void textsAreSortedAsTexts() {
    Result result = harness(texts("b", "10"), texts("a", "9")).run().succeeded();
    assertThat(result.of(HOST).data().get(0).schema().header())
        .containsExactly("k_10", "k_9", "k_a", "k_b");
  }

  @Test
  void partiesThatDoNotFit_areRefusedByName() {
    assertThat(harness(texts("1", "2"), numbers(HOST, 1)).run().rootFailure())
        .is(code("onehot.types"))
        .hasMessageContaining("column k")
        .hasMessageContaining(HOST.toString());
    Table other = Tables.instances(HOST, new double[1], Map.of("j", new double[] {1}));
    assertThat(harness(numbers(GUEST, 1), other).run().rootFailure())
        .is(code("onehot.members"))
        .hasMessageContaining("[k]")
        .hasMessageContaining("[j]");
    Table many = numbers(HOST, IntStream.range(0, 1000).mapToDouble(i -> i).toArray());
    Table more = numbers(GUEST, IntStream.range(1000, 1100).mapToDouble(i -> i).toArray());
    assertThat(harness(more, many).run().rootFailure())
        .is(code("onehot.values"))
        .hasMessageContaining("1100");
  }
}
