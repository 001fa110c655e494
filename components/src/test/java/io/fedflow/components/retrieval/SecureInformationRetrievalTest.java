package io.fedflow.components.retrieval;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Wire;
import io.fedflow.federation.Envelope;
import io.fedflow.model.ComponentModel;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec.Use;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a retrieval gives. */
class SecureInformationRetrievalTest {

  /** Rows of both: 40 of the guest's 100, 40 of the host's 140. */
  private static final Table GUEST_ROWS =
      BreastData.host(GUEST, 0, 3).sortedById().select(IntStream.range(0, 100).toArray());

  private static final Table HOST_ROWS =
      BreastData.guest(HOST).sortedById().select(IntStream.range(60, 200).toArray());

  private static final int COMMON = 40;

  @Test
  void theGuestGetsTheLabel_ofEveryIdThatTheHostHas() {
    Result result = RetrievalJobs.of(GUEST_ROWS, HOST_ROWS, Map.of()).run().succeeded();
    Table got = result.of(GUEST).data().get(0);
    assertThat(got.ids()).isEqualTo(GUEST_ROWS.ids());
    assertThat(got.schema().header()).isEmpty();
    assertThat(got.schema().columns())
        .extracting(column -> column.name())
        .containsExactly("retrieved_value");
    int label = got.schema().indexOf(Use.LABEL);
    Map<String, Integer> rows = rowsOf(HOST_ROWS);
    int retrieved = 0;
    for (int row = 0; row < got.rowCount(); row++) {
      Integer there = rows.get(got.ids()[row]);
      retrieved += there == null ? 0 : 1;
      assertThat(got.column(label).textAt(row))
          .isEqualTo(
              there == null ? "unretrieved" : String.valueOf((long) HOST_ROWS.label()[there]));
    }
    assertThat(retrieved).isEqualTo(COMMON);
    assertThat(result.of(HOST).data()).containsExactly(HOST_ROWS);
  }

  @Test
  void theGuestGetsColumns_digitByDigit() {
    Map<String, Object> params = Map.of("target_cols", List.of("x3", "x0"));
    Table got =
        RetrievalJobs.of(GUEST_ROWS, HOST_ROWS, params).run().succeeded().of(GUEST).data().get(0);
    assertThat(got.schema().header()).containsExactly("x3", "x0");
    assertThat(got.schema().indexOf(Use.LABEL)).isNegative();
    Map<String, Integer> rows = rowsOf(HOST_ROWS);
    for (int row = 0; row < got.rowCount(); row++) {
      Integer there = rows.get(got.ids()[row]);
      for (String name : got.schema().header()) {
        String text = got.column(got.schema().indexOf(name)).textAt(row);
        if (there == null) {
          assertThat(text).isEqualTo("unretrieved");
        } else {
          assertThat(Double.parseDouble(text)).isEqualTo(HOST_ROWS.numbers(name)[there]);
        }
      }
    }
  }

  @Test
  void onlyOneColumn_mayBeNamedWithoutAnArray_andTextsStayAsTheyAre() {
    Table host =
        RetrievalJobs.texts("town", Map.of("a", "Zürich", "b", "", "c", "Winterthur 8400"));
    Table guest = RetrievalJobs.texts("own", Map.of("a", "1", "b", "2", "d", "3"));
    Table got =
        RetrievalJobs.of(guest, host, Map.of("target_cols", "town"))
            .run()
            .succeeded()
            .of(GUEST)
            .data()
            .get(0);
    assertThat(((Column.Texts) got.column(0)).values())
        .containsExactly("Zürich", "", "unretrieved");
  }

  @Test
  void withoutACommonId_nothingIsRetrieved() {
    Table guest = RetrievalJobs.texts("own", Map.of("x", "1", "y", "2"));
    Table host = RetrievalJobs.texts("town", Map.of("a", "Bern"));
    Result result = RetrievalJobs.of(guest, host, Map.of("target_cols", "town")).run().succeeded();
    assertThat(((Column.Texts) result.of(GUEST).data().get(0).column(0)).values())
        .containsExactly("unretrieved", "unretrieved");
    assertThat(result.trackers().get(GUEST).summary()).containsEntry("coverage", 0.0);
  }

  @Test
  void eachPartyIsToldItsOwnCoverage_andStoresIt() {
    Result result =
        RetrievalJobs.of(GUEST_ROWS, HOST_ROWS, Map.of("security_level", 0.1)).run().succeeded();
    // 2 * 500^0.1 = 3.72…
    assertThat(result.trackers().get(GUEST).summary())
        .isEqualTo(Map.of("coverage", COMMON / 100.0, "block_num", 4));
    ComponentModel guest = result.of(GUEST).model().orElseThrow();
    assertThat(guest.param().number("coverage")).isEqualTo(COMMON / 100.0);
    assertThat(guest.param().number("block_num")).isEqualTo(4);
    assertThat(guest.meta().number("security_level")).isEqualTo(0.1);
    assertThat(guest.meta().number("key_size")).isEqualTo(1024);
    assertThat(guest.meta().text("oblivious_transfer_protocol")).isEqualTo("ot_hauck");
    ComponentModel host = result.of(HOST).model().orElseThrow();
    assertThat(host.param().number("coverage")).isEqualTo(COMMON / 140.0, within(1e-15));
  }

  @Test
  void blocksLookAlike_andAreAsManyAsTheLevelSays() {
    Result result = RetrievalJobs.of(GUEST_ROWS, HOST_ROWS, Map.of()).run().succeeded();
    List<Envelope> named = RetrievalJobs.named(result, RetrievalMessages.BLOCK_ROWS);
    assertThat(named).hasSize(45);
    for (Envelope block : named) {
      assertThat(block.payload().asLongs()).hasSize(COMMON).isSorted().doesNotHaveDuplicates();
    }
    assertThat(named.stream().map(Envelope::payload).distinct()).hasSize(45);
    List<Envelope> sealed = RetrievalJobs.named(result, RetrievalMessages.BLOCK_VALUES);
    assertThat(sealed).hasSize(45);
    assertThat(sealed.stream().map(block -> block.payload().size()).distinct()).hasSize(1);
  }

  /** What the guest gets, the wire does not show, however it is asked for. */
  @Test
  void nothingOfARowCrosses() {
    for (Map<String, Object> params :
        List.<Map<String, Object>>of(
            Map.of("target_cols", List.of("x0")),
            Map.of("target_cols", List.of("x0"), "security_level", 0),
            Map.of("target_cols", List.of("x0"), "raw_retrieval", true))) {
      Result result = RetrievalJobs.of(GUEST_ROWS, HOST_ROWS, params).run().succeeded();
      Wire.assertNoTraceOf(result.messages(), GUEST_ROWS);
      Wire.assertNoTraceOf(result.messages(), HOST_ROWS);
      if (params.size() > 1) {
        assertThat(RetrievalJobs.named(result, RetrievalMessages.BLOCK_ROWS)).hasSize(1);
        assertThat(result.trackers().get(HOST).summary()).containsEntry("block_num", 1);
      }
    }
  }

  @Test
  void rowsAreMatchedByMatchIds_whereThereAreSome() {
    Table guest = RetrievalJobs.matched("own", "p1", "p2", "p1", "p3");
    Table host = RetrievalJobs.matched("town", "p3", "p1", "p1");
    Table got =
        RetrievalJobs.of(guest, host, Map.of("target_cols", "town"))
            .run()
            .succeeded()
            .of(GUEST)
            .data()
            .get(0);
    assertThat(got.ids()).isEqualTo(guest.ids());
    assertThat(got.column(got.schema().indexOf(Use.MATCH_ID))).isEqualTo(guest.column(0));
    // Of the host's two rows of p1 the last one counts.
    assertThat(((Column.Texts) got.column(got.schema().indexOf("town"))).values())
        .containsExactly("town 2", "unretrieved", "town 2", "town 0");
  }

  @Test
  void withAModel_valuesAreRetrievedAnew() {
    ComponentModel model =
        RetrievalJobs.of(GUEST_ROWS, HOST_ROWS, Map.of())
            .run()
            .succeeded()
            .of(GUEST)
            .model()
            .orElseThrow();
    Result again =
        RetrievalJobs.applied(GUEST_ROWS, HOST_ROWS, Pair.reread(model)).run().succeeded();
    Table got = again.of(GUEST).data().get(0);
    assertThat(got.rowCount()).isEqualTo(100);
    assertThat(Arrays.stream(((Column.Texts) got.column(0)).values()).filter("unretrieved"::equals))
        .hasSize(100 - COMMON);
    Pair.assertSameBytes(model, again.of(GUEST).model().orElseThrow());
  }

  private static Map<String, Integer> rowsOf(Table table) {
    Map<String, Integer> rows = new HashMap<>();
    for (int row = 0; row < table.rowCount(); row++) {
      rows.put(table.ids()[row], row);
    }
    return rows;
  }
}
