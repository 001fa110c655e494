package io.fedflow.components.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskInputs;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Tables;
import io.fedflow.model.ComponentModel;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.testkit.component.ComponentHarness;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of {@code index:value} cells and of tags, match ids and sparse output. */
class RowLayoutsTest {

  private static final Party GUEST = new Party(Role.GUEST, "9999");
  private static final Map<String, Object> INDEXED = Map.of("input_format", "sparse");
  private static final Map<String, Object> TAGS = Map.of("input_format", "tag");
  private static final Map<String, Object> VALUES =
      Map.of("input_format", "tag", "tag_with_value", true);

  @Test
  void indexedRows_haveAColumnForEveryIndexUpToTheLargest() {
    Table table =
        fitted(with(INDEXED, "with_label", true), lines(",", "1,0:0.5,3:-2", "0,1:7, ,", "1"));

    assertThat(table.schema().header()).containsExactly("x0", "x1", "x2", "x3");
    assertThat(table.schema().anonymousHeader()).first().isEqualTo("guest_9999_x0");
    assertThat(table.schema().labelName()).contains("label");
    assertThat(table.label()).containsExactly(1, 0, 1);
    assertThat(table.features())
        .isDeepEqualTo(new double[][] {{0.5, 0, 0}, {0, 7, 0}, {0, 0, 0}, {-2, 0, 0}});
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void indexedRows_areTheSameWithAHeaderAndWithAnotherDelimiter(boolean split) {
    Table raw =
        split ? Tables.raw("a,b", "r1,0:1,1:2", "r2,1:3,0:4") : lines(",", "0:1 1:2", "1:3 0:4");
    Table table = fitted(with(INDEXED, "delimitor", split ? "," : " "), raw);

    assertThat(table.features()).isDeepEqualTo(new double[][] {{1, 4}, {2, 3}});
  }

  @ParameterizedTest
  @CsvSource({
    "-1:2,-1:2",
    "x:2,x:2",
    ":2,:2",
    "7,7",
    "65536:1,65536:1",
    "99999999999:1,99999999999:1",
    "0:1 0:2,once",
    "0:abc,abc"
  })
  void indexedRows_thatAreNot_areNamed(String line, String told) {
    assertThat(fit(with(INDEXED, "delimitor", " "), lines(",", "0:1", line)).run().rootFailure())
        .is(Failures.code("transform.cell"))
        .hasMessageContaining("row 2")
        .hasMessageContaining(told);
  }

  @Test
  void indexedRows_ofAModel_keepItsHeader_andMayLackTheLabel() {
    ComponentModel model =
        model(with(INDEXED, "with_label", true), lines(",", "1,0:1,2:3", "0,1:2"));

    Table table = applied(model, lines(",", "5:9,1:4", "2:8"));

    assertThat(table.schema().header()).containsExactly("x0", "x1", "x2");
    assertThat(table.features()).isDeepEqualTo(new double[][] {{0, 0}, {4, 0}, {0, 8}});
    assertThat(table.label()).isNull();
    assertThat(applied(model, lines(",", "1,0:4")).label()).containsExactly(1);
  }

  @Test
  void tags_areColumnsInTheOrderOfTexts() {
    Table table = fitted(with(TAGS, "delimitor", ";"), lines(",", "b;a", "c", "a; ;"));

    assertThat(table.schema().header()).containsExactly("a", "b", "c");
    assertThat(table.features()).isDeepEqualTo(new double[][] {{1, 0, 1}, {1, 0, 0}, {0, 1, 0}});
  }

  @Test
  void tagsWithValues_haveThem_andUnknownOnesOfLaterRowsAreLeftOut() {
    Map<String, Object> params = with(with(VALUES, "with_label", true), "data_type", "float");
    ComponentModel model = model(params, lines(",", "1,b:0.5,a:2", "0,c:-1"));

    assertThat(fitted(params, lines(",", "1,b:0.5,a:2", "0,c:-1")).features())
        .isDeepEqualTo(new double[][] {{2, 0}, {0.5, 0}, {0, -1}});
    Table table = applied(model, lines(",", "1,z:5,c:3"));
    assertThat(table.schema().header()).containsExactly("a", "b", "c");
    assertThat(table.features()).isDeepEqualTo(new double[][] {{0}, {0}, {3}});
  }

  @Test
  void tagsWithValues_thatARowLacks_canBeFilled() {
    Map<String, Object> fill =
        with(with(VALUES, "missing_fill", true), "missing_fill_method", "mean");

    assertThat(fitted(fill, lines(",", "a:2,b:1", "a:4", "b:3")).features())
        .isDeepEqualTo(new double[][] {{2, 4, 3}, {1, 2, 3}});
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", ":1", "a=1"})
  void tagsWithValues_withoutOne_areNamed(String line) {
    assertThat(fit(VALUES, lines(",", "a:1", line)).run().rootFailure())
        .is(Failures.code("transform.cell"))
        .hasMessageContaining("row 2")
        .hasMessageContaining("tag_value_delimitor");
  }

  @Test
  void rowsWithoutFeatures_orTooWideOnes_areRefused() {
    assertThat(fit(TAGS, lines(",", "", "")).run().rootFailure())
        .is(Failures.code("transform.input"));
    assertThat(fit(INDEXED, lines(",", "", "")).run().rootFailure())
        .is(Failures.code("transform.input"));
    String[] many = new String[3000];
    Arrays.fill(many, "0:1");
    many[0] = "65535:1";
    assertThat(fit(INDEXED, lines(",", many)).run().rootFailure())
        .is(Failures.code("transform.wide"))
        .hasMessageContaining("65536 features in 3000 rows");
    assertThat(fit(with(TAGS, "with_label", true), lines(",", "1,a", "")).run().rootFailure())
        .is(Failures.code("transform.cell"));
  }

  @Test
  void sparseOutput_holdsTheSameValues_withoutTinyOnes() {
    Table table =
        fitted(
            with(Map.of(), "output_format", "sparse"), Tables.raw("x0,x1", "a,1e-9,", "b,-2e-8,3"));

    assertThat(table.numbers("x0")).containsExactly(0, -2e-8);
    assertThat(table.numbers("x1")).containsExactly(Double.NaN, 3);
  }

  @Test
  void matchIds_areNoFeatures_andKeepTheirTexts() {
    Map<String, Object> params = with(with(Map.of(), "with_match_id", true), "with_label", true);
    Table raw = Tables.raw("id,y,x0", "a,007,1,2", "b,007,0,3");
    Table table = fitted(params, raw);

    int at = table.schema().indexOf(ColumnSpec.Use.MATCH_ID);
    assertThat(table.schema().columns().get(at).name()).isEqualTo("id");
    assertThat(((Column.Texts) table.column(at)).values()).containsExactly("007", "007");
    assertThat(table.schema().header()).containsExactly("x0");
    assertThat(table.schema().anonymousHeader()).containsExactly("guest_9999_x0");
    assertThat(table.label()).containsExactly(1, 0);
    Table named = fitted(with(params, "match_id_name", "x0"), raw);
    assertThat(named.schema().header()).containsExactly("id");
    assertThat(fitted(with(VALUES, "with_match_id", true), lines(",", "m1,a:1", "m2,a:2")).ids())
        .containsExactly("r1", "r2");
  }

  @Test
  void matchIds_ofAModel_areFoundWhereTheConfSays_orFirst() {
    Map<String, Object> params = Map.of("with_match_id", true, "match_id_name", "m");
    ComponentModel model = model(params, Tables.raw("x0,m", "a,1,u", "b,2,v"));

    Table first = applied(model, Tables.raw("m,x0", "c,w,5"));
    Table named = applied(model, params, Tables.raw("x0,m", "c,5,w"));

    assertThat(model.meta().bool("with_match_id")).isTrue();
    for (Table table : List.of(first, named)) {
      assertThat(table.numbers("x0")).containsExactly(5);
      int at = table.schema().indexOf(ColumnSpec.Use.MATCH_ID);
      assertThat(table.column(at).textAt(0)).isEqualTo("w");
    }
  }

  @Test
  void matchIds_thatAreNotThere_areNamed() {
    Table raw = Tables.raw("m,x0", "a,,1");
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("with_match_id", true),
            Map.of("with_match_id", true, "match_id_index", 2),
            Map.of("with_match_id", true, "match_id_name", "other"))) {
      assertThat(fit(wrong, raw).run().rootFailure()).is(Failures.code("transform.match_id"));
    }
  }

  @Test
  void storedLayout_isReadBack() {
    ComponentModel model =
        model(with(VALUES, "output_format", "sparse"), lines(",", "a:1,b:2", "b:3"));

    assertThat(model.meta().text("input_format")).isEqualTo("tag");
    assertThat(model.meta().bool("tag_with_value")).isTrue();
    assertThat(model.meta().text("tag_value_delimitor")).isEqualTo(":");
    assertThat(model.meta().text("output_format")).isEqualTo("sparse");
    assertThat(applied(model, lines(",", "b:1e-9")).features())
        .isDeepEqualTo(new double[][] {{0}, {0}});
  }

  /** A table that was uploaded without a header. */
  private static Table lines(String delimiter, String... lines) {
    String[] ids = new String[lines.length];
    Arrays.setAll(ids, i -> "r" + (i + 1));
    return new Table(
        new TableSchema(TableKind.RAW, "", List.of(ColumnSpec.text("")), delimiter),
        ids,
        List.of(new Column.Texts(lines)));
  }

  private static Map<String, Object> with(Map<String, ?> params, String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(params);
    more.put(name, value);
    return more;
  }

  private static Table fitted(Map<String, ?> params, Table raw) {
    return fit(params, raw).run().succeeded().of(GUEST).data().get(0);
  }

  private static ComponentModel model(Map<String, ?> params, Table raw) {
    return fit(params, raw).run().succeeded().of(GUEST).model().orElseThrow();
  }

  private static Table applied(ComponentModel model, Table raw) {
    return applied(model, Map.of(), raw);
  }

  private static Table applied(ComponentModel model, Map<String, ?> params, Table raw) {
    TaskInputs inputs = Tables.withModel(Tables.asData(raw), model);
    return harness(params).inputs(GUEST, inputs).run().succeeded().of(GUEST).data().get(0);
  }

  private static ComponentHarness fit(Map<String, ?> params, Table raw) {
    return harness(params).inputs(GUEST, Tables.asData(raw));
  }

  private static ComponentHarness harness(Map<String, ?> params) {
    return new ComponentHarness(
            new DataTransform(), new Parties(Map.of(Role.GUEST, List.of("9999"))))
        .params(params);
  }
}
