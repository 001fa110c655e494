package io.fedflow.components.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.Component;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataTransformTest {

  private static final Party GUEST = new Party(Role.GUEST, "9999");
  private static final Map<String, Object> LABEL = Map.of("with_label", true);

  @Test
  void fit_ofLabelledRows_splitsLabelAndFeatures() {
    ComponentHarness.Result result =
        fit(LABEL, Tables.raw("x0, Y ,x1", "a,0.5,1,-2e1", "b,1.5,0,3")).run().succeeded();
    Table table = result.of(GUEST).data().get(0);

    assertThat(table.schema().kind()).isEqualTo(TableKind.INSTANCE);
    assertThat(table.schema().idName()).isEqualTo("id");
    assertThat(table.schema().header()).containsExactly("x0", "x1");
    assertThat(table.schema().anonymousHeader()).containsExactly("guest_9999_x0", "guest_9999_x1");
    assertThat(table.schema().labelName()).contains("Y");
    assertThat(table.schema().columns().get(0))
        .isEqualTo(
            new ColumnSpec("Y", ColumnSpec.Type.INTEGER, ColumnSpec.Use.LABEL, "guest_9999_y"));
    assertThat(table.label()).containsExactly(1, 0);
    assertThat(table.features()).isDeepEqualTo(new double[][] {{0.5, 1.5}, {-20, 3}});
    assertThat(table.ids()).containsExactly("a", "b");
    assertThat(result.messages()).isEmpty();
  }

  @Test
  void fit_withoutLabel_takesEveryColumnAsFeature() {
    Table table = fitted(Map.of(), Tables.raw("y,x0", "a,1,2"));

    assertThat(table.schema().header()).containsExactly("y", "x0");
    assertThat(table.label()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "NULL", "null", "NA", "nan", "NaN"})
  void fit_ofDefaultMissingTexts_givesNaN(String quoted) {
    String text = quoted.equals("''") ? "" : quoted;

    assertThat(fitted(Map.of(), Tables.raw("x0", "a," + text)).numbers("x0")[0]).isNaN();
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "1d", "0x1p3", "inf", "1e999", "-", "1;0"})
  void fit_ofANonNumericCell_namesColumnAndRow(String cell) {
    assertThat(fit(Map.of(), Tables.raw("x0,x1", "id-1,1,1", "id-2,2," + cell)).run().rootFailure())
        .is(Failures.code("transform.cell"))
        .hasMessageContaining("column x1, row 2")
        .hasMessageContaining("'" + cell + "'")
        .hasMessageNotContaining("id-2");
  }

  @Test
  void fit_ofALongNonNumericCell_quotesItShortened() {
    assertThat(fit(Map.of(), Tables.raw("x0", "a," + "secret".repeat(10))).run().rootFailure())
        .hasMessageContaining("…")
        .hasMessageNotContaining("secret".repeat(4));
  }

  @Test
  void fit_withoutTheLabelColumn_listsTheColumnsFound() {
    assertThat(
            fit(Map.of("with_label", true, "label_name", "Target"), Tables.raw("y,x0", "a,1,2"))
                .run()
                .rootFailure())
        .is(Failures.code("transform.label"))
        .hasMessageContaining("'target'")
        .hasMessageContaining("[y, x0]");
  }

  @ParameterizedTest
  @CsvSource({
    "1.5,transform.cell",
    "yes,transform.cell",
    "'',transform.cell",
    "nan,transform.label"
  })
  void fit_ofABadIntegerLabel_isRefused(String label, String code) {
    assertThat(fit(LABEL, Tables.raw("y,x0", "a," + label + ",2")).run().rootFailure())
        .is(Failures.code(code))
        .hasMessageContaining("column y, row 1");
  }

  @Test
  void fit_withTypes_readsSingleColumnsAsTexts() {
    Map<String, Object> params = new LinkedHashMap<>(LABEL);
    params.put("exclusive_data_type", Map.of("city", "str"));
    params.put("data_type", "INT");
    params.put("label_type", "str");

    Table table = fitted(params, Tables.raw("y,city,n", "a,good,Rome,3", "b,bad,,"));

    assertThat(table.column(0)).isInstanceOf(Column.Texts.class);
    assertThat(((Column.Texts) table.column(1)).values()).containsExactly("Rome", "");
    assertThat(table.schema().columns().get(2).type()).isEqualTo(ColumnSpec.Type.INTEGER);
    assertThat(table.numbers("n")).containsExactly(3, Double.NaN);
  }

  @ParameterizedTest
  @CsvSource({"min,1", "max,4", "mean,2.5", "designated,-7"})
  void fit_withMissingFill_replacesListedTexts(String method, double expected) {
    Map<String, Object> params =
        Map.of(
            "missing_fill",
            true,
            "missing_fill_method",
            method,
            "default_value",
            -7,
            "missing_impute",
            List.of("?", ""));
    ComponentHarness.Result result =
        fit(params, Tables.raw("x0", "a,1", "b,?", "c,4", "d,")).run().succeeded();

    assertThat(result.of(GUEST).data().get(0).numbers("x0"))
        .containsExactly(1, expected, 4, expected);
    assertThat(result.trackers().get(GUEST).summary().get("missing_fill_info"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("missing_impute_rate", Map.of("x0", 0.5))
        .containsEntry("missing_value", List.of("", "?"));
  }

  @Test
  void fit_withOneDesignatedValuePerFeature_usesEach() {
    Map<String, Object> params =
        Map.of(
            "missing_fill",
            true,
            "missing_fill_method",
            "designated",
            "default_value",
            List.of(10, 20));

    Table table = fitted(params, Tables.raw("x0,x1", "a,,", "b,1,2"));

    assertThat(table.features()).isDeepEqualTo(new double[][] {{10, 1}, {20, 2}});
    assertThat(fit(params, Tables.raw("x0", "a,1")).run().rootFailure())
        .is(Failures.code("transform.fill"))
        .hasMessageContaining("2 designated values");
  }

  @Test
  void fit_withMissingFillButNoMethod_replacesNothing() {
    assertThat(fitted(Map.of("missing_fill", true), Tables.raw("x0", "a,")).numbers("x0")[0])
        .isNaN();
  }

  @Test
  void fit_withOutliers_replacesThemAfterMissingValues() {
    Map<String, Object> params =
        Map.of(
            "missing_fill",
            true,
            "missing_fill_method",
            "designated",
            "default_value",
            9999,
            "outlier_replace",
            true,
            "outlier_replace_method",
            "max",
            "outlier_impute",
            List.of("9999"));
    ComponentHarness.Result result =
        fit(params, Tables.raw("x0", "a,1", "b,", "c,9999", "d,5")).run().succeeded();

    assertThat(result.of(GUEST).data().get(0).numbers("x0")).containsExactly(1, 5, 5, 5);
    assertThat(result.trackers().get(GUEST).summary())
        .containsEntry("outlier_replace_rate", Map.of("x0", 0.5));
  }

  @Test
  void fit_whenNothingIsLeftToTakeTheMeanOf_leavesTheColumnAndSaysSo() {
    Map<String, Object> mean =
        Map.of("missing_fill", true, "missing_fill_method", "mean", "data_type", "int");
    ComponentHarness.Result result =
        fit(mean, Tables.raw("x0,x1", "a,,1", "b,null,")).run().succeeded();

    assertThat(result.of(GUEST).data().get(0).numbers("x0"))
        .containsExactly(Double.NaN, Double.NaN);
    assertThat(result.of(GUEST).data().get(0).numbers("x1")).containsExactly(1, 1);
    assertThat(result.trackers().get(GUEST).logLines())
        .anyMatch(line -> line.startsWith("WARNING") && line.contains("[x0] stay missing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"min", "max"})
  void fit_whenNothingIsLeftToTakeTheLeastOf_isRefused(String method) {
    assertThat(
            fit(
                    Map.of("missing_fill", true, "missing_fill_method", method),
                    Tables.raw("x0", "a,", "b,null"))
                .run()
                .rootFailure())
        .is(Failures.code("transform.fill"))
        .hasMessageContaining("column x0");
  }

  @Test
  void fit_ofUnusableTables_isRefused() {
    Table headerless =
        new Table(
            new TableSchema(TableKind.RAW, "", List.of(ColumnSpec.text("")), ","),
            new String[] {"a"},
            List.of(new Column.Texts(new String[] {"1,2"})));

    assertRefused(headerless, "head=1");
    assertRefused(Tables.raw("x0"), "without rows");
    assertRefused(Tables.ofIds("a"), "RAW");
    assertRefused(Tables.raw("x0,x0", "a,1,2"), "'x0' occurs twice");
    assertThat(fit(Map.of("delimitor", ";"), Tables.raw("x0", "a,1")).run().rootFailure())
        .hasMessageContaining("';'");
  }

  @Test
  void run_withNeedRunFalse_handsTheInputOn() {
    Table raw = Tables.raw("x0", "a,1");

    assertThat(fitted(Map.of("need_run", false), raw)).isSameAs(raw);
  }

  @Test
  void run_ofTrainData_fitsAsOfData() {
    ComponentHarness.Result result =
        harness(new DataTransform(), Map.of())
            .inputs(GUEST, Tables.as("train_data", Tables.raw("x0", "a,1")))
            .run()
            .succeeded();

    assertThat(result.of(GUEST).model()).isPresent();
  }

  @Test
  void run_withoutInput_isRefused() {
    assertThat(harness(new DataTransform(), Map.of()).run().rootFailure())
        .is(Failures.code("inputs.missing"));
  }

  @ParameterizedTest
  @CsvSource({
    "input_format,libsvm",
    "output_format,tag",
    "delimitor,''",
    "data_type,double",
    "missing_fill_method,median"
  })
  void params_ofUnsupportedTexts_areRefused(String name, String value) {
    assertThatThrownBy(() -> fit(Map.of(name, value), Tables.raw("x0", "a,1")).run())
        .hasMessageContaining("params/" + name);
  }

  @Test
  void params_ofUnsupportedForms_areRefused() {
    Table raw = Tables.raw("x0", "a,1");

    assertThatThrownBy(
            () ->
                fit(Map.of("input_format", "tag", "with_match_id", true, "match_id_index", 1), raw)
                    .run())
        .hasMessageContaining("match_id_index");
    assertThatThrownBy(
            () ->
                fit(
                        Map.of(
                            "input_format", "tag",
                            "tag_with_value", true,
                            "tag_value_delimitor", ""),
                        raw)
                    .run())
        .hasMessageContaining("tag_value_delimitor");
    assertThatThrownBy(() -> fit(Map.of("exclusive_data_type", Map.of("x0", "date")), raw).run())
        .hasMessageContaining("exclusive_data_type/x0");
    assertThatThrownBy(
            () ->
                fit(Map.of("missing_fill_method", "designated", "default_value", List.of()), raw)
                    .run())
        .hasMessageContaining("default_value");
  }

  @Nested
  class WithStoredModel {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void apply_reordersColumnsAndDropsFurtherOnes(boolean older) {
      Component component = older ? new DataIo() : new DataTransform();
      ComponentModel model = model(component, LABEL, Tables.raw("y,x0,x1", "a,1,2,3", "b,0,4,5"));

      Table table = applied(component, model, Tables.raw("x1,more,x0,y", "c,30,text,20,1"));

      assertThat(table.schema().header()).containsExactly("x0", "x1");
      assertThat(table.schema().anonymousHeader())
          .containsExactly("guest_9999_x0", "guest_9999_x1");
      assertThat(table.features()).isDeepEqualTo(new double[][] {{20}, {30}});
      assertThat(table.label()).containsExactly(1);
    }

    @Test
    void apply_withoutLabel_warnsAndGoesOn() {
      ComponentModel model = model(new DataTransform(), LABEL, Tables.raw("y,x0", "a,1,2"));

      ComponentHarness.Result result =
          apply(new DataTransform(), model, Tables.raw("x0", "b,7")).run().succeeded();

      assertThat(result.of(GUEST).data().get(0).label()).isNull();
      assertThat(result.trackers().get(GUEST).logLines())
          .anyMatch(line -> line.startsWith("WARNING") && line.contains("label"));
    }

    @Test
    void apply_withoutAFeature_namesIt() {
      ComponentModel model = model(new DataTransform(), Map.of(), Tables.raw("x0,x1", "a,1,2"));

      assertThat(apply(new DataTransform(), model, Tables.raw("x0,z", "b,7,8")).run().rootFailure())
          .is(Failures.code("transform.columns"))
          .hasMessageContaining("[x1]")
          .hasMessageContaining("[x0, z]");
    }

    @Test
    void apply_replacesWithWhatWasLearned() {
      Map<String, Object> params =
          Map.of("missing_fill", true, "missing_fill_method", "mean", "data_type", "float");
      ComponentModel model = model(new DataTransform(), params, Tables.raw("x0", "a,1", "b,3"));

      Table table = applied(new DataTransform(), model, Tables.raw("x0", "c,", "d,100"));

      assertThat(table.numbers("x0")).containsExactly(2, 100);
    }

    @Test
    void model_holdsTheMessagesOfItsModule() {
      Table raw = Tables.raw("y,x0", "a,1,2");
      ComponentModel transform = model(new DataTransform(), LABEL, raw);
      ComponentModel io = model(new DataIo(), LABEL, raw);

      assertThat(transform.messages()).containsOnlyKeys("DataTransformMeta", "DataTransformParam");
      assertThat(transform.param().<String>list("anonymous_header"))
          .containsExactly("guest_9999_x0");
      assertThat(transform.param().text("sid_name")).isEqualTo("id");
      assertThat(transform.meta().text("label_name")).isEqualTo("y");
      assertThat(io.messages()).containsOnlyKeys("DataIOMeta", "DataIOParam");
      assertThat(io.param().schema().field("anonymous_header")).isEmpty();
      assertThat(io.meta().message("imputer_meta").schema().name()).isEqualTo("ImputerMeta");
      assertThat(transform.meta().message("imputer_meta").schema().name())
          .isEqualTo("DataTransformImputerMeta");
    }

    @Test
    void apply_ofADamagedModel_isRefused() {
      ComponentModel model = model(new DataTransform(), Map.of(), Tables.raw("x0", "a,1"));
      ComponentModel without =
          new ComponentModel(
              "t_0",
              "DataTransform",
              "model",
              Map.of("DataTransformMeta", model.messages().get("DataTransformMeta")));

      assertThat(apply(new DataTransform(), without, Tables.raw("x0", "a,1")).run().rootFailure())
          .is(Failures.code("model.incomplete"));
    }
  }

  private static void assertRefused(Table raw, String why) {
    assertThat(fit(Map.of(), raw).run().rootFailure())
        .is(Failures.code("transform.input"))
        .hasMessageContaining(why);
  }

  private static Table fitted(Map<String, ?> params, Table raw) {
    return fit(params, raw).run().succeeded().of(GUEST).data().get(0);
  }

  private static ComponentHarness fit(Map<String, ?> params, Table raw) {
    return harness(new DataTransform(), params).inputs(GUEST, Tables.asData(raw));
  }

  private static ComponentModel model(Component component, Map<String, ?> params, Table raw) {
    return harness(component, params)
        .inputs(GUEST, Tables.asData(raw))
        .run()
        .succeeded()
        .of(GUEST)
        .model()
        .orElseThrow();
  }

  private static Table applied(Component component, ComponentModel model, Table raw) {
    return apply(component, model, raw).run().succeeded().of(GUEST).data().get(0);
  }

  private static ComponentHarness apply(Component component, ComponentModel model, Table raw) {
    return harness(component, Map.of())
        .inputs(
            GUEST,
            new TaskInputs(
                Map.of("data", List.of(new DataInput("reader_0.data", raw))),
                Optional.of(model),
                List.of()));
  }

  private static ComponentHarness harness(Component component, Map<String, ?> params) {
    return new ComponentHarness(component, new Parties(Map.of(Role.GUEST, List.of("9999"))))
        .params(params);
  }
}
