package io.fedflow.components.intersection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Privacy;
import io.fedflow.components.testing.Tables;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Column;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are matched by another column than their id. */
class MatchIdsTest {

  private static final Party GUEST = IntersectionJobs.GUEST;
  private static final Party HOST = IntersectionJobs.HOST;

  /** Match id, row id and value; {@code Annabel} has two rows. */
  private static final String[] AT_GUEST = {
    "Annabel sample-7 1", "Bobbie-J sample-3 2", "Annabel sample-1 3", "Evelyne sample-5 4"
  };

  private static final String[] AT_HOST = {
    "Zoe-Lynn host-row-a 10", "Annabel host-row-b 20", "Bobbie-J host-row-c 30"
  };

  @ParameterizedTest
  @CsvSource({"rsa", "ecdh", "dh"})
  void rows_getTheIdsOfTheGuestsSamples(String method) {
    ComponentHarness.Result result = run(AT_GUEST, params(method), AT_HOST).succeeded();

    Table guest = result.of(GUEST).data().get(0);
    Table host = result.of(HOST).data().get(0);
    assertThat(guest.ids()).containsExactly("sample-1", "sample-3", "sample-7");
    assertThat(host.ids()).containsExactly(guest.ids());
    assertThat(guest.numbers("x0")).containsExactly(3, 2, 1);
    assertThat(host.numbers("x0")).containsExactly(20, 30, 20);
    assertThat(matchIds(host))
        .isEqualTo(matchIds(guest))
        .containsExactly("Annabel", "Bobbie-J", "Annabel");
    assertThat(result.trackers().get(GUEST).value("train", "intersection", "intersect_count"))
        .isEqualTo(2);
    assertThat(
            result.trackers().get(HOST).value("train", "intersection", "intersect_sample_id_count"))
        .isEqualTo(3);
    Privacy.assertNoTraceOf(
        result.messages(), List.of("Annabel", "Bobbie-J", "Evelyne", "Zoe-Lynn", "host-row-b"));
  }

  @Test
  void rows_ofSeveralHosts_areNamedAlike() {
    ComponentHarness.Result result =
        run(
                AT_GUEST,
                params("ecdh"),
                AT_HOST,
                new String[] {"Bobbie-J r 7", "Annabel s 8", "Bobbie-J t 9"})
            .succeeded();

    Party second = new Party(Role.HOST, "h1");
    assertThat(result.of(second).data().get(0).ids())
        .containsExactly("sample-1", "sample-3", "sample-7");
    assertThat(result.of(second).data().get(0).numbers("x0")).containsExactly(8, 9, 8);
    assertThat(result.trackers().get(second).logLines())
        .anyMatch(line -> line.startsWith("WARNING") && line.contains("1 rows have a match id"));
  }

  @Test
  void newSampleIds_takeThePlaceOfTheGuests() {
    Map<String, Object> params = with(params("ecdh"), "new_sample_id", true);
    ComponentHarness.Result result = run(AT_GUEST, params, AT_HOST).succeeded();

    Table guest = result.of(GUEST).data().get(0);
    assertThat(guest.ids()).hasSize(3).noneMatch(id -> id.contains("sample"));
    assertThat(result.of(HOST).data().get(0).ids()).containsExactly(guest.ids());
    assertThat(matchIds(result.of(HOST).data().get(0))).isEqualTo(matchIds(guest));
    Privacy.assertNoTraceOf(
        result.messages(), List.of("sample-1", "sample-3", "sample-7", "Annabel", "Bobbie-J"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ecdh"})
  void leftJoin_keepsAllRowsOfTheGuest(String method) {
    Map<String, Object> params = with(params(method), "join_method", "left_join");
    ComponentHarness.Result result = run(AT_GUEST, params, AT_HOST).succeeded();

    Table guest = result.of(GUEST).data().get(0);
    Table host = result.of(HOST).data().get(0);
    assertThat(guest.ids()).containsExactly("sample-1", "sample-3", "sample-5", "sample-7");
    assertThat(guest.numbers("x0")).containsExactly(3, 2, 4, 1);
    assertThat(host.ids()).containsExactly(guest.ids());
    assertThat(host.numbers("x0")).containsExactly(20, 30, Double.NaN, 20);
    assertThat(matchIds(host)).containsExactly("Annabel", "Bobbie-J", "", "Annabel");
    assertThat(result.trackers().get(HOST).value("train", "intersection", "intersect_count"))
        .isEqualTo(2);
    assertThat(
            result.trackers().get(HOST).value("train", "intersection", "intersect_sample_id_count"))
        .isEqualTo(4);
    Privacy.assertNoTraceOf(
        result.messages(), List.of("Annabel", "Bobbie-J", "Evelyne", "Zoe-Lynn", "host-row-b"));
  }

  @Test
  void leftJoin_ofSeveralHosts_hasValuesWhereAllHostsHaveTheId() {
    Map<String, Object> params = with(params("ecdh"), "join_method", "left_join");
    ComponentHarness.Result result =
        run(AT_GUEST, params, AT_HOST, new String[] {"Bobbie-J r 7", "Evelyne t 9"}).succeeded();

    for (Party party : IntersectionJobs.parties(2).all()) {
      assertThat(result.of(party).data().get(0).ids())
          .containsExactly("sample-1", "sample-3", "sample-5", "sample-7");
    }
    assertThat(result.of(HOST).data().get(0).numbers("x0"))
        .containsExactly(Double.NaN, 30, Double.NaN, Double.NaN);
    assertThat(result.of(new Party(Role.HOST, "h1")).data().get(0).numbers("x0"))
        .containsExactly(Double.NaN, 7, Double.NaN, Double.NaN);
  }

  @Test
  void leftJoin_withNewIds_showsNoneOfTheGuests_andLosesNoRowWhereNothingIsCommon() {
    Map<String, Object> params =
        with(with(params("ecdh"), "join_method", "left_join"), "new_sample_id", true);
    ComponentHarness.Result result =
        run(AT_GUEST, params, new String[] {"Zoe-Lynn host-row-a 10"}).succeeded();

    Table guest = result.of(GUEST).data().get(0);
    assertThat(guest.rowCount()).isEqualTo(4);
    assertThat(result.of(HOST).data().get(0).ids()).containsExactly(guest.ids());
    assertThat(result.of(HOST).data().get(0).numbers("x0")).containsOnly(Double.NaN);
    Privacy.assertNoTraceOf(
        result.messages(),
        List.of("sample-1", "sample-3", "sample-5", "Annabel", "Bobbie-J", "Evelyne"));
  }

  @Test
  void leftJoin_atOnePartyAlone_orWithoutWhatItNeeds_isRefused() {
    Map<String, Object> params = with(params("ecdh"), "join_method", "left_join");
    for (Party party : List.of(GUEST, HOST)) {
      assertThat(
              harness(AT_GUEST, params("ecdh"), AT_HOST)
                  .params(party, Map.of("join_method", "left_join"))
                  .run()
                  .rootFailure())
          .is(Failures.code("intersection.message"))
          .hasMessageContaining("join_method must be the same");
    }
    for (Map<String, Object> wrong :
        List.of(
            with(params, "sync_intersect_ids", false),
            with(params, "cardinality_only", true),
            with(params, "sample_id_generator", "host"))) {
      assertThatThrownBy(() -> run(AT_GUEST, wrong, AT_HOST)).hasMessageContaining("join");
    }
  }

  @Test
  void aHostAsGenerator_namesTheRows() {
    Map<String, Object> params = with(params("ecdh"), "sample_id_generator", "host");
    ComponentHarness.Result result = run(AT_GUEST, params, AT_HOST).succeeded();

    assertThat(result.of(GUEST).data().get(0).ids()).containsExactly("host-row-b", "host-row-c");
    assertThat(result.of(GUEST).data().get(0).numbers("x0")).containsExactly(3, 2);
    assertThat(result.of(HOST).data().get(0).ids()).containsExactly("host-row-b", "host-row-c");
    assertThat(run(AT_GUEST, params, AT_HOST, AT_HOST).rootFailure())
        .is(Failures.code("intersection.generator"));
    assertThatThrownBy(() -> run(AT_GUEST, with(params, "sync_intersect_ids", false), AT_HOST))
        .hasMessageContaining("sample_id_generator");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ecdh"})
  void rows_withoutSync_stayAtTheGuest(String method) {
    ComponentHarness.Result result =
        run(AT_GUEST, with(params(method), "sync_intersect_ids", false), AT_HOST).succeeded();

    assertThat(result.of(GUEST).data().get(0).ids())
        .containsExactly("sample-1", "sample-3", "sample-7");
    assertThat(result.of(HOST).data()).isEmpty();
    assertThat(result.messages()).noneMatch(m -> m.tag().name().startsWith("sample_"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ecdh"})
  void aPartyWithoutMatchIds_isRefused(String method) {
    ComponentHarness harness =
        harness(AT_GUEST, params(method), AT_HOST)
            .inputs(HOST, Tables.asData(Tables.ofIds("Annabel")));

    assertThat(harness.run().rootFailure())
        .is(Failures.code("intersection.settings"))
        .hasMessageContaining("with_match_id=true");
  }

  @Test
  void whatAGeneratorSends_isChecked() {
    refused("sample_counts", Payload.ofLongs(1, 1, 1), "3 counts of samples for 2 ids");
    refused("sample_counts", Payload.ofLongs(0, 3), "counts of samples");
    refused("sample_counts", Payload.ofLongs(1, Long.MAX_VALUE), "more samples");
    refused("sample_ids", Payload.ofTexts(List.of("a", "b")), "2 sample ids, expected 3");
    refused("sample_ids", Payload.ofTexts(List.of("a", "b", "a")), "twice");
    refused("sample_ids", Payload.ofTexts(List.of("a", "b", "")), "empty");
  }

  private static void refused(String message, Payload payload, String words) {
    UnaryOperator<Envelope> lie =
        e ->
            e.tag().name().equals(message)
                ? new Envelope(e.task(), e.from(), e.to(), e.tag(), payload)
                : e;
    assertThat(harness(AT_GUEST, params("ecdh"), AT_HOST).tamper(lie).run().rootFailure())
        .is(Failures.code("intersection.message"))
        .hasMessageContaining(words);
  }

  private static ComponentHarness.Result run(
      String[] guest, Map<String, Object> params, String[]... hosts) {
    return harness(guest, params, hosts).run();
  }

  private static ComponentHarness harness(
      String[] guest, Map<String, Object> params, String[]... hosts) {
    Parties parties = IntersectionJobs.parties(hosts.length);
    ComponentHarness harness =
        new ComponentHarness(IntersectionJobs.COMPONENT, parties).params(params);
    harness.inputs(GUEST, Tables.asData(table(guest)));
    for (int i = 0; i < hosts.length; i++) {
      harness.inputs(parties.of(Role.HOST).get(i), Tables.asData(table(hosts[i])));
    }
    return harness;
  }

  private static Table table(String... rows) {
    List<String> matchIds = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    double[] values = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      String[] cells = rows[i].split(" ");
      matchIds.add(cells[0]);
      ids.add(cells[1]);
      values[i] = Double.parseDouble(cells[2]);
    }
    return Tables.withMatchIds(matchIds.toArray(String[]::new), ids.toArray(String[]::new), values);
  }

  private static List<String> matchIds(Table table) {
    return List.of(((Column.Texts) table.column(0)).values());
  }

  private static Map<String, Object> params(String method) {
    Map<String, Object> params = new HashMap<>();
    params.put("intersect_method", method);
    if (!method.equals("ecdh")) {
      params.put(method + "_params", Map.of("key_length", 1024));
    }
    return params;
  }

  private static Map<String, Object> with(Map<String, Object> params, String name, Object value) {
    Map<String, Object> more = new HashMap<>(params);
    more.put(name, value);
    return more;
  }
}
