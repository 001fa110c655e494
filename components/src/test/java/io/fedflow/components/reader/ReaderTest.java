package io.fedflow.components.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Tables;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.RecordedTracker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReaderTest {

  private static final Party GUEST = new Party(Role.GUEST, "9999");
  private static final Party HOST = new Party(Role.HOST, "10000");
  private static final Table GUEST_TABLE = Tables.raw("y,x0", "secret-id,1,0.5", "b,0,0.5");
  private static final Table HOST_TABLE = Tables.raw("x0", "a,1", "b,2");

  @Test
  void run_atSeveralParties_handsOnTheirOwnTables() {
    ComponentHarness.Result result =
        harness()
            .params(GUEST, Map.of("table", Map.of("name", "tg", "namespace", "ns")))
            .params(HOST, Map.of("table", Map.of("name", "th", "namespace", "ns")))
            .run()
            .succeeded();

    assertSame(result.of(GUEST).data(), GUEST_TABLE);
    assertSame(result.of(HOST).data(), HOST_TABLE);
    assertThat(result.messages()).isEmpty();
  }

  private static void assertSame(List<Table> tables, Table expected) {
    assertThat(tables).hasSize(1);
    assertThat(tables.get(0).schema()).isEqualTo(expected.schema());
    assertThat(tables.get(0).ids()).isEqualTo(expected.ids());
    assertThat(tables.get(0).columns())
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(expected.columns());
  }

  @Test
  void run_reportsShapeAndSamplesButNoId() {
    ComponentHarness.Result result =
        guestAlone(Map.of("name", "tg", "namespace", "ns")).run().succeeded();
    RecordedTracker tracker = result.trackers().get(GUEST);

    assertThat(tracker.meta("reader_namespace", "reader_name"))
        .containsEntry("metric_type", "data_info")
        .containsEntry("table_name", "tg")
        .containsEntry("namespace", "ns")
        .containsEntry("count", 2)
        .containsEntry("table_info", Map.of("y", "1,0", "x0", "0.5"))
        .containsEntry("attribute_info", Map.of("id", "id", "y", "feature", "x0", "feature"));
    assertThat(tracker.meta("reader_namespace", "reader_name").toString())
        .doesNotContain("secret-id");
    assertThat(tracker.logLines()).noneMatch(line -> line.contains("secret-id"));
  }

  @Test
  void run_ofAnEarlierOutput_handsItOn() {
    ComponentHarness.Result result =
        guestAlone(Map.of("job_id", "j1", "component_name", "c_0", "data_name", "train"))
            .stored("j1/c_0", "train", GUEST_TABLE)
            .run()
            .succeeded();

    assertSame(result.of(GUEST).data(), GUEST_TABLE);
  }

  @Test
  void run_whenTheTableIsUnknown_saysSo() {
    assertThat(guestAlone(Map.of("name", "nope", "namespace", "ns")).run().rootFailure())
        .is(Failures.code("table.unknown"))
        .hasMessageContaining("ns/nope");
  }

  @ParameterizedTest
  @MethodSource("badTables")
  void params_ofABadTable_areRefusedNamingTheForms(Map<String, Object> table) {
    Map<String, Object> params = new HashMap<>();
    params.put("table", table);
    ComponentHarness harness = harness().params(params);

    assertThatThrownBy(harness::run)
        .hasMessageContaining("params/table")
        .hasMessageContaining("name and namespace");
  }

  static List<Map<String, Object>> badTables() {
    return java.util.Arrays.asList(
        null,
        Map.of(),
        Map.of("name", "t"),
        Map.of("name", "t", "namespace", 3),
        Map.of("name", " ", "namespace", "ns"),
        Map.of("name", "t", "namespace", "ns", "job_id", "j"));
  }

  private static ComponentHarness guestAlone(Map<String, Object> table) {
    return new ComponentHarness(new Reader(), new Parties(Map.of(Role.GUEST, List.of("9999"))))
        .stored("ns", "tg", GUEST_TABLE)
        .params(Map.of("table", table));
  }

  private static ComponentHarness harness() {
    return new ComponentHarness(
            new Reader(),
            new Parties(Map.of(Role.GUEST, List.of("9999"), Role.HOST, List.of("10000"))))
        .stored("ns", "tg", GUEST_TABLE)
        .stored("ns", "th", HOST_TABLE);
  }
}
