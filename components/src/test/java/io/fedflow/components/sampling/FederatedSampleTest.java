package io.fedflow.components.sampling;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.components.testing.Wire;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FederatedSampleTest {

  private static ComponentHarness harness(Map<String, ?> params) {
    return Pair.harness(new FederatedSample(), params)
        .inputs(GUEST, Tables.asData(BreastData.guest(GUEST)))
        .inputs(HOST, Tables.asData(BreastData.host(HOST)));
  }

  private static Table guest(Result result) {
    return result.of(GUEST).data().get(0);
  }

  private static Table host(Result result) {
    return result.of(HOST).data().get(0);
  }

  @Test
  void downsample_drawsRowsOnce_theSameAtBoth() {
    Result result = harness(Map.of("fractions", 0.3)).run().succeeded();
    // floor(0.3 * 569).
    assertThat(guest(result).rowCount()).isEqualTo(170);
    assertThat(Arrays.stream(guest(result).ids()).distinct().count()).isEqualTo(170);
    assertThat(host(result).ids()).isEqualTo(guest(result).ids());
    assertThat(result.trackers().get(GUEST).value("sample_count", "random", "count"))
        .isEqualTo(170);
    assertThat(result.trackers().get(GUEST).summary()).isEqualTo(Map.of("sample_count", 170));
    Result same = harness(Map.of("fractions", 0.3)).run().succeeded();
    assertThat(guest(same).ids()).isEqualTo(guest(result).ids());
    Result other = harness(Map.of("fractions", 0.3, "random_state", 9)).run().succeeded();
    assertThat(guest(other).ids()).isNotEqualTo(guest(result).ids());
    // A share of less than a row is a row.
    assertThat(guest(harness(Map.of("fractions", 1e-6)).run().succeeded()).rowCount()).isEqualTo(1);
  }

  @Test
  void upsample_drawsAgainAndAgain_andRenumbers() {
    Result result = harness(Map.of("fractions", 2.5, "method", "upsample")).run().succeeded();
    assertThat(guest(result).rowCount()).isEqualTo(1422);
    assertThat(guest(result).ids()[1421]).isEqualTo("1421");
    assertThat(host(result).ids()).isEqualTo(guest(result).ids());
    // Rows of both parties still belong together.
    Table guest = BreastData.guest(GUEST).sortedById();
    Table host = BreastData.host(HOST).sortedById();
    for (int row : new int[] {0, 700, 1421}) {
      double value = guest(result).numbers("x0")[row];
      int at = 0;
      while (guest.numbers("x0")[at] != value
          || host.numbers("x0")[at] != host(result).numbers("x0")[row]) {
        at++;
      }
      assertThat(host.numbers("x7")[at]).isEqualTo(host(result).numbers("x7")[row]);
    }
  }

  @Test
  void stratified_takesEachLabelsOwnShare() {
    Result result =
        harness(
                Map.of(
                    "mode", "stratified", "fractions", List.of(List.of(0, 0.5), List.of("1", 0.1))))
            .run()
            .succeeded();
    // 212 rows of label 0, 357 of label 1.
    assertThat(Arrays.stream(guest(result).label()).filter(y -> y == 0).count()).isEqualTo(106);
    assertThat(Arrays.stream(guest(result).label()).filter(y -> y == 1).count()).isEqualTo(35);
    assertThat(host(result).rowCount()).isEqualTo(141);
    assertThat(result.trackers().get(GUEST).value("original_count", "stratified", "0"))
        .isEqualTo(212);
    assertThat(result.trackers().get(GUEST).summary())
        .containsEntry("sample_count", Map.of("0", 106, "1", 35));
    assertThat(result.trackers().get(HOST).summary()).isEmpty();
  }

  @Test
  void byWeight_copiesRowsAsOftenAsTheyWeigh() {
    Table weighed = weighed(0.5, 2, 2.1);
    Result result =
        harness(Map.of("mode", "exact_by_weight"))
            .inputs(GUEST, Tables.asData(weighed))
            .inputs(
                HOST,
                Tables.asData(Tables.instances(HOST, null, Map.of("h", new double[] {7, 8, 9}))))
            .run()
            .succeeded();
    assertThat(host(result).numbers("h")).containsExactly(7, 8, 8, 9, 9, 9);
    assertThat(host(result).ids()).containsExactly("0", "1", "2", "3", "4", "5");
    assertThat(guest(result).ids()).isEqualTo(host(result).ids());
  }

  private static Table weighed(double... weights) {
    Table table = Tables.instances(GUEST, null, Map.of("a", new double[weights.length]));
    List<ColumnSpec> specs = new ArrayList<>(table.schema().columns());
    specs.add(new ColumnSpec("weight", ColumnSpec.Type.NUMBER, ColumnSpec.Use.WEIGHT, ""));
    return table.withColumns(specs, List.of(table.column(0), new Column.Numbers(weights)));
  }

  @Test
  void homo_drawsAtEachPartyAlone() {
    Result result = harness(Map.of("fractions", 0.5, "task_type", "homo")).run().succeeded();
    assertThat(result.messages()).isEmpty();
    assertThat(host(result).rowCount()).isEqualTo(284);
  }

  @Test
  void onlyPositionsCross_andNotByLabelUnlessStratified() {
    Result result = harness(Map.of("fractions", 0.5)).run().succeeded();
    Wire.assertNoTraceOf(result.messages(), BreastData.guest(GUEST));
    Wire.assertSameBut(
        new FederatedSample().descriptor(),
        result.messages(),
        harness(Map.of("fractions", 0.5))
            .inputs(GUEST, Tables.asData(BreastData.withShuffledLabels(BreastData.guest(GUEST), 3)))
            .run()
            .succeeded()
            .messages(),
        java.util.Set.of());
    assertThat(result.messages())
        .filteredOn(m -> m.tag().name().equals("sample_rows"))
        .singleElement()
        .satisfies(
            m ->
                assertThat(Arrays.stream(m.payload().asLongs()).boxed())
                    .allMatch(row -> row >= 0 && row < 569));
  }

  @Test
  void aDrawThatIsNone_isRefusedByTheHost() {
    for (long first : new long[] {-1, 569, 3}) {
      Result result = harness(Map.of("fractions", 0.5)).tamper(sent -> tampered(sent, first)).run();
      assertThat(result.failures().get(HOST)).hasMessageContaining("guest:9999");
    }
  }

  private static Envelope tampered(Envelope sent, long first) {
    return sent.tag().name().equals("sample_rows")
        ? new Envelope(
            sent.task(), sent.from(), sent.to(), sent.tag(), Payload.ofLongs(first, 3, 2))
        : sent;
  }

  @Test
  void rowsOfNoWeight_areLeftOut() {
    Map<String, Object> byWeight = Map.of("mode", "exact_by_weight", "task_type", "homo");
    var result = harness(byWeight).inputs(GUEST, Tables.asData(weighed(1.5, 0, 1e-9, 1))).run();

    assertThat(result.of(GUEST).data().get(0).weight()).containsExactly(1.5, 1.5, 1);
    assertThat(result.trackers().get(GUEST).logLines())
        .anyMatch(line -> line.startsWith("WARNING") && line.contains("2 rows of weight 0"));
    assertThat(
            harness(byWeight)
                .inputs(GUEST, Tables.asData(weighed(0, 0)))
                .run()
                .failures()
                .get(GUEST))
        .has(Failures.code("sample.weight"));
  }

  @Test
  void badInput_isNamed() {
    assertThat(
            harness(Map.of("mode", "stratified", "fractions", List.of(List.of(7, 0.5))))
                .run()
                .failures()
                .get(GUEST))
        .has(Failures.code("sample.label"))
        .hasMessageContaining("label 7");
    assertThat(harness(Map.of("mode", "exact_by_weight")).run().failures().get(GUEST))
        .has(Failures.code("sample.weight"));
    assertThat(
            harness(Map.of("mode", "exact_by_weight", "task_type", "homo"))
                .inputs(GUEST, Tables.asData(weighed(1, -1)))
                .run()
                .failures()
                .get(GUEST))
        .has(Failures.code("sample.weight"))
        .hasMessageContaining("row 2");
    assertThat(Pair.refused(new FederatedSample(), Map.of())).containsExactly("p/fractions");
    assertThat(Pair.refused(new FederatedSample(), Map.of("fractions", 1.5)))
        .containsExactly("p/fractions");
    assertThat(
            Pair.refused(
                new FederatedSample(),
                Map.of("mode", "stratified", "fractions", List.of(List.of(1, 0), 5))))
        .containsExactly("p/fractions/0/1", "p/fractions/1");
  }
}
