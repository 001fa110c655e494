package io.fedflow.components.union;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnionTest {

  private static Table raw(String header, String... lines) {
    return Tables.raw(header, lines);
  }

  private static TaskInputs both(Table... tables) {
    List<DataInput> inputs = new java.util.ArrayList<>();
    for (int i = 0; i < tables.length; i++) {
      inputs.add(new DataInput("part_" + i + ".data", tables[i]));
    }
    return new TaskInputs(Map.of("data", inputs), Optional.empty(), List.of());
  }

  private static ComponentHarness harness(Map<String, ?> params, Table... tables) {
    return Pair.harness(new Union(), Map.of())
        .params(GUEST, params)
        .inputs(GUEST, both(tables))
        .inputs(HOST, both(raw("z", "1,5"), raw("z", "2,6")));
  }

  private static String row(Result result, int row) {
    Table table = result.of(GUEST).data().get(0);
    StringBuilder text = new StringBuilder(table.ids()[row]);
    table.columns().forEach(column -> text.append(',').append(column.textAt(row)));
    return text.toString();
  }

  @Test
  void rows_ofAllTables_theFirstOfAnId() {
    Result result =
        harness(
                Map.of(),
                raw("a,b", "1,10,x", "2,20,y"),
                raw("a,b", "2,99,z", "3,30,w"),
                raw("a,b", "1,77,v", "4,40,u"))
            .run()
            .succeeded();
    assertThat(result.of(GUEST).data().get(0).rowCount()).isEqualTo(4);
    assertThat(row(result, 1)).isEqualTo("2,20,y");
    assertThat(row(result, 3)).isEqualTo("4,40,u");
    assertThat(result.trackers().get(GUEST).summary())
        .isEqualTo(Map.of("part_0.data", 2, "part_1.data", 2, "part_2.data", 2, "Total", 4));
    assertThat(result.trackers().get(GUEST).value("train", "union", "Total")).isEqualTo(4);
    assertThat(result.of(HOST).data().get(0).rowCount()).isEqualTo(2);
    assertThat(result.messages()).isEmpty();
  }

  @Test
  void keptDuplicates_areNamedByTheirTable() {
    Result result =
        harness(Map.of("keep_duplicate", true), raw("a", "1,10"), raw("a", "1,99"))
            .run()
            .succeeded();
    assertThat(result.of(GUEST).data().get(0).ids())
        .containsExactly("1_part_0.data", "1_part_1.data");
    assertThat(row(result, 1)).endsWith(",99");
  }

  @Test
  void columns_ofTheSameRows_whateverTheirOrder() {
    Result result =
        harness(Map.of("axis", 1), raw("a", "1,10", "2,20"), raw("b,c", "2,x,y", "1,v,w"))
            .run()
            .succeeded();
    assertThat(result.of(GUEST).data().get(0).schema().header()).containsExactly("a", "b", "c");
    assertThat(row(result, 0)).isEqualTo("1,10,v,w");
    assertThat(row(result, 1)).isEqualTo("2,20,x,y");
  }

  @Test
  void unmatchedIds_areRefusedOrDropped() {
    Table one = raw("a", "1,10", "2,20");
    Table other = raw("b", "2,x", "3,y");
    assertThat(harness(Map.of("axis", 1), one, other).run().failures().get(GUEST))
        .has(Failures.code("union.ids"))
        .hasMessageContaining("unmatched_id");
    Result dropped =
        harness(Map.of("axis", 1, "unmatched_id", "ignore"), one, other).run().succeeded();
    assertThat(dropped.of(GUEST).data().get(0).rowCount()).isEqualTo(1);
    assertThat(row(dropped, 0)).isEqualTo("2,20,x");
  }

  @Test
  void instances_keepLabelAndNames_andATableWithoutRowsAddsNothing() {
    Table one = Tables.instances(GUEST, new double[] {1}, Map.of("a", new double[] {5}));
    Table none = Tables.instances(GUEST, null, Map.of("other", new double[0]));
    Table more = new Table(one.schema(), new String[] {"z"}, one.columns());
    Result result = harness(Map.of(), one, none, more).run().succeeded();
    Table joined = result.of(GUEST).data().get(0);
    assertThat(joined.label()).containsExactly(1, 1);
    assertThat(joined.schema()).isEqualTo(one.schema());
  }

  @Test
  void tablesThatDoNotFit_areNamed() {
    assertThat(harness(Map.of(), raw("a", "1,2")).run().failures().get(GUEST))
        .has(Failures.code("union.inputs"));
    assertThat(harness(Map.of(), raw("a", "1,2"), raw("b", "2,3")).run().failures().get(GUEST))
        .has(Failures.code("union.schema"))
        .hasMessageContaining("part_1.data")
        .hasMessageContaining("[b]");
    Table labelled = Tables.instances(GUEST, new double[] {1}, Map.of("a", new double[] {5}));
    Table bare = Tables.instances(GUEST, null, Map.of("a", new double[] {5}));
    assertThat(harness(Map.of(), labelled, bare).run().failures().get(GUEST))
        .has(Failures.code("union.schema"))
        .hasMessageContaining("label names");
    assertThat(harness(Map.of("axis", 1), bare, bare).run().failures().get(GUEST))
        .has(Failures.code("union.schema"))
        .hasMessageContaining("[a]");
    assertThat(harness(Map.of("axis", 1), bare, raw("b", "r00,1")).run().failures().get(GUEST))
        .has(Failures.code("union.schema"));
    assertThat(Pair.refused(new Union(), Map.of("axis", 2, "unmatched_id", "x")))
        .containsExactlyInAnyOrder("p/axis", "p/unmatched_id");
    assertThat(Pair.refused(new Union(), Map.of("axis", 1, "keep_duplicate", true)))
        .containsExactly("p/keep_duplicate");
  }

  @Test
  void manyRows_inAnotherOrder_withTextsOfAnyLength_findEachOther() {
    int rows = 5_000;
    String[] first = new String[rows + 1];
    String[] second = new String[rows];
    for (int i = 0; i < rows; i++) {
      first[i] = "ü" + i;
      second[i] = "ü" + (int) (i * 1_999L % rows);
    }
    first[rows] = "alone";
    Table one = numbers(first, "a", i -> i);
    Table other =
        new Table(
            new TableSchema(
                TableKind.INSTANCE,
                "sid",
                List.of(ColumnSpec.feature("b", "b"), ColumnSpec.text("t")),
                ","),
            second,
            List.of(
                numbers(second, "b", i -> i * 1_999L % rows).column(0),
                new Column.Texts(
                    Arrays.stream(second)
                        .map(id -> id.endsWith("77") ? (id + "…").repeat(3_000) : id)
                        .toArray(String[]::new))));
    Table joined =
        harness(Map.of("axis", 1, "unmatched_id", "ignore"), one, other)
            .run()
            .succeeded()
            .of(GUEST)
            .data()
            .get(0);
    assertThat(joined.rowCount()).isEqualTo(rows);
    for (int i = 0; i < rows; i++) {
      assertThat(joined.ids()[i]).isEqualTo("ü" + i);
      assertThat(joined.numbers("a")[i]).isEqualTo(i);
      assertThat(joined.numbers("b")[i]).isEqualTo(i);
      assertThat(joined.column(2).textAt(i)).startsWith("ü" + i);
    }
    assertThat(joined.column(2).textAt(77)).hasSize(4 * 3_000);
  }

  private static Table numbers(String[] ids, String name, IntToDoubleFunction of) {
    return new Table(
        new TableSchema(TableKind.INSTANCE, "sid", List.of(ColumnSpec.feature(name, name)), ","),
        ids,
        List.of(new Column.Numbers(IntStream.range(0, ids.length).mapToDouble(of).toArray())));
  }
}
