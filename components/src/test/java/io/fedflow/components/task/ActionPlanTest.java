package io.fedflow.components.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.task.ActionPlan.Action;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Tables;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionPlanTest {

  private static final ComponentModel MODEL = new ComponentModel("c_0", "C", "model", Map.of());

  @ParameterizedTest
  @CsvSource({
    "data,false,FIT,false,true,train",
    "data,true,APPLY,false,false,predict",
    "train_data,false,TRAIN,false,true,train",
    "train_data+validate_data,false,TRAIN,true,true,train",
    "train_data+eval_data,false,TRAIN,true,true,train",
    "train_data+validate_data,true,WARM_START,true,true,train",
    "test_data,true,PREDICT,false,false,predict",
    "eval_data,true,PREDICT,false,false,predict",
    "'',true,NO_DATA,false,false,predict"
  })
  void plan_ofLegalInputs_isTheSpecifiedAction(
      String kinds, boolean model, Action action, boolean validates, boolean learns, String type) {
    ActionPlan plan = ActionPlan.of(inputs(kinds, model));

    assertThat(plan.action()).isEqualTo(action);
    assertThat(plan.validate().isPresent()).isEqualTo(validates);
    assertThat(plan.model().isPresent()).isEqualTo(model);
    assertThat(plan.learns()).isEqualTo(learns);
    assertThat(plan.rowType()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data+train_data",
        "data+test_data",
        "train_data+eval_data+validate_data",
        "eval_data+test_data",
        "validate_data",
        "train_data+test_data",
        "other_data"
      })
  void plan_ofContradictingInputs_isRefused(String kinds) {
    assertThatThrownBy(() -> ActionPlan.of(inputs(kinds, true)))
        .isInstanceOf(FedflowException.class)
        .is(Failures.code("inputs.mixed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"test_data", "eval_data"})
  void plan_ofTestDataWithoutModel_isRefused(String kind) {
    assertThatThrownBy(() -> ActionPlan.of(inputs(kind, false))).is(Failures.code("inputs.model"));
  }

  @Test
  void plan_ofSeveralTablesOfOneKind_isRefusedNamingThem() {
    Table table = Tables.ofIds("a");
    TaskInputs inputs =
        new TaskInputs(
            Map.of(
                "data",
                List.of(new DataInput("a_0.data", table), new DataInput("b_0.data", table))),
            Optional.empty(),
            List.of());

    assertThatThrownBy(() -> ActionPlan.of(inputs))
        .hasMessageContaining("a_0.data")
        .hasMessageContaining("b_0.data");
  }

  @Test
  void firstInput_whenThereAreSeveralKinds_prefersTraining() {
    TaskInputs inputs = inputs("validate_data+train_data", false);

    assertThat(ActionPlan.firstInput(inputs))
        .containsSame(inputs.first("train_data").orElseThrow());
    assertThat(ActionPlan.firstInput(TaskInputs.none())).isEmpty();
  }

  @Test
  void requireTrainingAlone_withValidationOrModel_isRefused() {
    ActionPlan.of(inputs("train_data", false)).requireTrainingAlone("cv_param.need_cv");
    ActionPlan.of(TaskInputs.none()).requireTrainingAlone("cv_param.need_cv");

    assertThatThrownBy(
            () ->
                ActionPlan.of(inputs("train_data+validate_data", false))
                    .requireTrainingAlone("cv_param.need_cv"))
        .hasMessageContaining("cv_param.need_cv")
        .hasMessageContaining("validation data");
    assertThatThrownBy(
            () ->
                ActionPlan.of(inputs("train_data", true)).requireTrainingAlone("cv_param.need_cv"))
        .hasMessageContaining("model");
  }

  private static TaskInputs inputs(String kinds, boolean model) {
    Map<String, List<DataInput>> data = new LinkedHashMap<>();
    for (String kind : kinds.isEmpty() ? new String[0] : kinds.split("\\+")) {
      data.put(kind, List.of(new DataInput("upstream_0.data", Tables.ofIds("a"))));
    }
    return new TaskInputs(data, model ? Optional.of(MODEL) : Optional.empty(), List.of());
  }
}
