package io.fedflow.components.split;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.Component;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.components.testing.Wire;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSplitTest {

  private static ComponentHarness harness(Component component, Map<String, ?> params) {
    return Pair.harness(component, params)
        .inputs(GUEST, Tables.asData(BreastData.guest(GUEST)))
        .inputs(HOST, Tables.asData(BreastData.host(HOST)));
  }

  private static List<Integer> sizes(Result result, Party party) {
    return result.of(party).data().stream().map(Table::rowCount).toList();
  }

  @ParameterizedTest
  @CsvSource({
    // Of 569 rows: round(455.2), then all of the rest.
    ",,,455,114,0",
    "0.7,,,398,0,171",
    "0.6,0.2,0.2,341,114,114",
    ",0.25,,427,142,0",
    ",,0.1,512,0,57",
    "300,200,69,300,200,69",
    "500,,60,500,9,60",
  })
  void sizesAreSharesOrNumbers(
      String train, String validate, String test, int first, int second, int third) {
    Map<String, Object> params = new java.util.HashMap<>();
    put(params, "train_size", train);
    put(params, "validate_size", validate);
    put(params, "test_size", test);
    Result result = harness(new HeteroDataSplit(), params).run().succeeded();
    assertThat(sizes(result, GUEST)).containsExactly(first, second, third);
    assertThat(sizes(result, HOST)).containsExactly(first, second, third);
  }

  private static void put(Map<String, Object> params, String name, String size) {
    if (size != null) {
      params.put(name, size.contains(".") ? (Object) Double.valueOf(size) : Integer.valueOf(size));
    }
  }

  @Test
  void guestAndHostGetTheSameRows_eachOnce() {
    Result result = harness(new HeteroDataSplit(), Map.of()).run().succeeded();
    Set<String> all = new TreeSet<>();
    for (int part = 0; part < 3; part++) {
      String[] ids = result.of(GUEST).data().get(part).ids();
      assertThat(result.of(HOST).data().get(part).ids()).isEqualTo(ids);
      all.addAll(Arrays.asList(ids));
    }
    assertThat(all).hasSize(569);
    assertThat(result.of(GUEST).data().get(0).schema()).isEqualTo(BreastData.guest(GUEST).schema());
    // Rows keep their values.
    Table host = BreastData.host(HOST);
    Table part = result.of(HOST).data().get(1);
    int row = Arrays.asList(host.ids()).indexOf(part.ids()[7]);
    assertThat(part.numbers("x3")[7]).isEqualTo(host.numbers("x3")[row]);
    Map<String, Object> counts = Map.of("train", 455, "validate", 114, "test", 0, "original", 569);
    assertThat(result.trackers().get(HOST).meta("train", "data_split"))
        .containsEntry("data_split_count_info", counts)
        .containsEntry("metric_type", "DATA_SPLIT");
    assertThat(result.trackers().get(HOST).summary()).doesNotContainKey("data_split_label_info");
  }

  @Test
  void theSeedDecides() {
    Result one = harness(new HeteroDataSplit(), Map.of("random_state", 3)).run().succeeded();
    Result same = harness(new HeteroDataSplit(), Map.of("random_state", 3)).run().succeeded();
    Result other = harness(new HeteroDataSplit(), Map.of("random_state", 4)).run().succeeded();
    assertThat(ids(same)).isEqualTo(ids(one));
    assertThat(ids(other)).isNotEqualTo(ids(one));
    Result inOrder = harness(new HeteroDataSplit(), Map.of("shuffle", false)).run().succeeded();
    assertThat(ids(inOrder))
        .isEqualTo(Arrays.asList(BreastData.guest(GUEST).sortedById().ids()).subList(0, 455));
  }

  private static List<String> ids(Result result) {
    return List.of(result.of(GUEST).data().get(0).ids());
  }

  @Test
  void stratified_givesEveryPartItsShareOfEveryLabel() {
    Result result =
        harness(
                new HeteroDataSplit(),
                Map.of("train_size", 0.5, "validate_size", 0.3, "test_size", 0.2))
            .params(GUEST, Map.of("stratified", true))
            .run()
            .succeeded();
    // 357 rows of label 1, 212 of label 0; round(284.5) = 284 rows to train with.
    assertThat(positives(result, 0)).isEqualTo(178);
    assertThat(positives(result, 1)).isBetween(107L, 108L);
    assertThat(positives(result, 2)).isBetween(71L, 72L);
    assertThat(
            result.trackers().get(GUEST).meta("train", "data_split").get("data_split_label_info"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("label_names", List.of("0", "1"))
        .containsEntry("original", Map.of("0", 212, "1", 357))
        .containsEntry("train", Map.of("0", 106, "1", 178));
  }

  private static long positives(Result result, int part) {
    return Arrays.stream(result.of(GUEST).data().get(part).label()).filter(y -> y == 1).count();
  }

  @Test
  void splitPoints_cutNumbersIntoClasses() {
    double[] labels = new double[40];
    Arrays.setAll(labels, i -> i / 4.0);
    Table guest = Tables.instances(GUEST, labels, Map.of("a", labels));
    Result result =
        harness(new HomoDataSplit(), Map.of("train_size", 20, "validate_size", 20, "test_size", 0))
            .params(GUEST, Map.of("stratified", true, "split_points", List.of(0.9, 5)))
            .inputs(GUEST, Tables.asData(guest))
            .inputs(HOST, Tables.asData(Tables.instances(HOST, null, Map.of("h", labels))))
            .run()
            .succeeded();
    // Up to 0.9: 4 rows; up to 5: 17 rows; above: 19 rows.
    double[] train = result.of(GUEST).data().get(0).label();
    assertThat(Arrays.stream(train).filter(y -> y <= 0.9).count()).isEqualTo(2);
    assertThat(Arrays.stream(train).filter(y -> y > 0.9 && y <= 5).count()).isBetween(8L, 9L);
  }

  @Test
  void homo_splitsEachPartysOwnRows_withoutAnyMessage() {
    Table host = BreastData.host(HOST).select(new int[] {5, 3, 9, 1, 7});
    Result result =
        harness(new HomoDataSplit(), Map.of("train_size", 0.6, "test_size", 0.4))
            .inputs(HOST, Tables.asData(host))
            .run()
            .succeeded();
    assertThat(sizes(result, HOST)).containsExactly(3, 0, 2);
    assertThat(sizes(result, GUEST)).containsExactly(341, 0, 228);
    assertThat(result.messages()).isEmpty();
  }

  @Test
  void everyHostFollows() {
    Party second = new Party(Role.HOST, "10001");
    Parties three =
        new Parties(Map.of(Role.GUEST, List.of("9999"), Role.HOST, List.of("10000", "10001")));
    Result result =
        new ComponentHarness(new HeteroDataSplit(), three)
            .params(Map.of())
            .inputs(GUEST, Tables.asData(BreastData.guest(GUEST)))
            .inputs(HOST, Tables.asData(BreastData.host(HOST, 0, 3)))
            .inputs(second, Tables.asData(BreastData.host(second, 3, 20)))
            .run()
            .succeeded();
    assertThat(result.of(second).data().get(0).ids())
        .isEqualTo(result.of(GUEST).data().get(0).ids());
  }

  @Test
  void onlyPositionsCross() {
    Result result =
        harness(new HeteroDataSplit(), Map.of())
            .params(GUEST, Map.of("stratified", true))
            .run()
            .succeeded();
    Wire.assertNoTraceOf(result.messages(), BreastData.guest(GUEST));
    List<String> opened = new ArrayList<>();
    for (Envelope message : result.messages()) {
      if (message.tag().name().startsWith("split_")) {
        opened.add(message.tag().name());
        assertThat(message.from()).isEqualTo(GUEST);
        assertThat(message.payload().format()).isEqualTo(Payload.Format.LONGS);
        assertThat(Arrays.stream(message.payload().asLongs()).allMatch(r -> r >= 0 && r < 569))
            .isTrue();
      }
    }
    assertThat(opened)
        .containsExactly("split_train_rows", "split_validate_rows", "split_test_rows");
  }

  /** Without a shuffle, positions tell no more than the sizes: labels do not change them. */
  @Test
  void labelsChangeNothingUnlessStratified() {
    Table other = BreastData.withShuffledLabels(BreastData.guest(GUEST), 5);
    Wire.assertSameBut(
        new HeteroDataSplit().descriptor(),
        harness(new HeteroDataSplit(), Map.of()).run().succeeded().messages(),
        harness(new HeteroDataSplit(), Map.of())
            .inputs(GUEST, Tables.asData(other))
            .run()
            .succeeded()
            .messages(),
        Set.of());
  }

  @ParameterizedTest
  @CsvSource({"0,569", "0,-1", "1,0"})
  void aSplitThatIsNone_isRefusedByTheHost(int at, long row) {
    Result result =
        harness(new HeteroDataSplit(), Map.of("shuffle", false))
            .tamper(sent -> tampered(sent, at, row))
            .run();
    assertThat(result.failures().get(HOST))
        .isInstanceOf(io.fedflow.failure.FedflowException.class)
        .hasMessageContaining("guest:9999");
  }

  private static Envelope tampered(Envelope sent, int at, long row) {
    if (!sent.tag().name().equals("split_train_rows")) {
      return sent;
    }
    long[] rows = sent.payload().asLongs();
    rows[at] = row;
    return new Envelope(sent.task(), sent.from(), sent.to(), sent.tag(), Payload.ofLongs(rows));
  }

  @Test
  void badInput_isNamed() {
    assertThat(
            harness(new HeteroDataSplit(), Map.of("train_size", 600)).run().failures().get(GUEST))
        .has(Failures.code("split.sizes"))
        .hasMessageContaining("569");
    assertThat(harness(new HomoDataSplit(), Map.of("stratified", true)).run().failures().get(HOST))
        .has(Failures.code("split.label"))
        .hasMessageContaining("stratified");
    Table fewer = BreastData.host(HOST).select(new int[] {1, 2, 3});
    assertThat(
            harness(new HeteroDataSplit(), Map.of())
                .inputs(HOST, Tables.asData(fewer))
                .run()
                .rootFailure())
        .has(Failures.code("alignment.rows"));
    assertThat(
            Pair.refused(
                new HomoDataSplit(),
                Map.of("train_size", 0.5, "test_size", 3, "split_points", List.of(2, 1))))
        .containsExactly("p/test_size", "p/split_points/1");
  }
}
