package io.fedflow.components.baseline;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.model.ModelMessage;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalBaselineTest {

  private static ComponentHarness harness(Map<String, ?> params, Table guest) {
    return Pair.harness(new LocalBaseline(), params)
        .params(HOST, Map.of("need_run", false))
        .inputs(GUEST, Tables.as("train_data", guest))
        .inputs(HOST, Tables.as("train_data", BreastData.host(HOST)));
  }

  private static Table predictions(Result result) {
    return result.of(GUEST).data().get(0);
  }

  private static double auc(Table predictions) {
    double[] labels = ((Column.Numbers) predictions.column(0)).values();
    double[] scores = predictions.numbers("predict_score");
    double won = 0;
    double pairs = 0;
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; j < labels.length; j++) {
        if (labels[i] == 1 && labels[j] == 0) {
          pairs++;
          won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    return won / pairs;
  }

  /** The area that scikit-learn's lbfgs with C = 1 has on the guest's part of the data. */
  @Test
  void breastData_givesTheKnownArea() {
    Result result = harness(Map.of(), BreastData.guest(GUEST)).run().succeeded();
    assertThat(auc(predictions(result))).isEqualTo(0.99289, within(1e-4));
    assertThat(result.of(HOST).data()).isEmpty();
    assertThat(result.of(HOST).model()).isEmpty();
    assertThat(result.messages()).isEmpty();
    assertThat(predictions(result).column(4).textAt(0)).isEqualTo("train");
    ModelMessage param = result.of(GUEST).model().orElseThrow().param();
    assertThat(param.map("weight")).hasSize(10);
    assertThat(param.bool("is_converged")).isTrue();
    assertThat(result.trackers().get(GUEST).summary()).containsEntry("one_vs_rest", false);
  }

  /** At the minimum of the penalised loss every derivative is zero; computed here anew. */
  @Test
  void theWeightsAreAtTheMinimum() {
    Table table = BreastData.guest(GUEST);
    double c = 0.25;
    Result result =
        harness(Map.of("model_opts", Map.of("C", c, "tol", 1e-8)), table).run().succeeded();
    ModelMessage param = result.of(GUEST).model().orElseThrow().param();
    Map<String, Double> weights = param.map("weight");
    double[] scores = predictions(result).numbers("predict_score");
    double intercept = 0;
    for (int row = 0; row < scores.length; row++) {
      intercept += scores[row] - table.label()[row];
    }
    assertThat(c * intercept).isEqualTo(0, within(1e-6));
    for (String column : table.schema().header()) {
      double derivative = weights.get(column);
      for (int row = 0; row < scores.length; row++) {
        derivative += c * (scores[row] - table.label()[row]) * table.numbers(column)[row];
      }
      assertThat(derivative).as(column).isEqualTo(0, within(1e-6));
    }
  }

  @Test
  void aWeightOfTwo_countsLikeARowThatStandsTwice() {
    double[] y = {0, 1, 0, 1, 1};
    double[] x = {0.1, 0.9, 0.4, 0.3, 0.7};
    Table twice =
        Tables.instances(
            GUEST,
            new double[] {0, 1, 0, 1, 1, 1},
            Map.of("x", new double[] {0.1, 0.9, 0.4, 0.3, 0.7, 0.3}));
    Map<String, ?> exact = Map.of("model_opts", Map.of("tol", 1e-10));
    Table once = Tables.instances(GUEST, y, Map.of("x", x));
    List<ColumnSpec> specs = new ArrayList<>(once.schema().columns());
    specs.add(new ColumnSpec("weight", ColumnSpec.Type.NUMBER, ColumnSpec.Use.WEIGHT, ""));
    List<Column> columns = new ArrayList<>(once.columns());
    columns.add(new Column.Numbers(new double[] {1, 1, 1, 2, 1}));
    double weighed = weight(harness(exact, once.withColumns(specs, columns)).run().succeeded());
    assertThat(weighed).isEqualTo(weight(harness(exact, twice).run().succeeded()), within(1e-7));
    assertThat(Math.abs(weighed - weight(harness(exact, once).run().succeeded())))
        .isGreaterThan(1e-3);
  }

  private static double weight(Result result) {
    return result.of(GUEST).model().orElseThrow().param().<Double>map("weight").get("x");
  }

  @Test
  void severalClasses_areOneModelEach_whoseProbabilitiesAddUp() {
    double[] y = new double[60];
    double[] a = new double[60];
    double[] b = new double[60];
    for (int i = 0; i < 60; i++) {
      y[i] = i % 3 * 5;
      a[i] = i % 3 == 1 ? 2 + 0.01 * i : 0.02 * i;
      b[i] = i % 3 == 2 ? -2 - 0.01 * i : 0.02 * i;
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("a", a);
    columns.put("b", b);
    Table table = Tables.instances(GUEST, y, columns);
    Result result = harness(Map.of(), table).run().succeeded();
    Table predicted = predictions(result);
    long right =
        IntStream.range(0, 60).filter(i -> predicted.numbers("predict_result")[i] == y[i]).count();
    assertThat(right).isGreaterThan(50);
    ModelMessage many =
        result.of(GUEST).model().orElseThrow().param().message("one_vs_rest_result");
    assertThat(many.<String>list("one_vs_rest_classes")).containsExactly("0", "5", "10");
    assertThat(many.<ModelMessage>list("completed_models")).hasSize(3);
    String detail = predicted.column(3).textAt(7);
    double sum =
        Arrays.stream(detail.replaceAll("[{}\"]", "").split(", "))
            .mapToDouble(each -> Double.parseDouble(each.split(": ")[1]))
            .sum();
    assertThat(sum).isEqualTo(1, within(1e-9));
    Table again = applied(result, table);
    assertThat(again.numbers("predict_score")).isEqualTo(predicted.numbers("predict_score"));
  }

  @Test
  void classesOneAgainstAllOthers_areTheTwoClassModels_andTheirSharesOfOne() {
    double[] y = new double[90];
    double[] a = new double[90];
    double[] b = new double[90];
    java.util.Random random = new java.util.Random(5);
    for (int i = 0; i < 90; i++) {
      y[i] = i % 3;
      a[i] = random.nextGaussian() + i % 3;
      b[i] = random.nextGaussian() - i % 2;
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("a", a);
    columns.put("b", b);
    Table table = Tables.instances(GUEST, y, columns);
    Map<String, Object> each = Map.of("model_opts", Map.of("multi_class", "ovr", "tol", 1e-8));

    Result result = harness(each, table).run().succeeded();

    double[][] alone = new double[3][];
    List<ModelMessage> models =
        result
            .of(GUEST)
            .model()
            .orElseThrow()
            .param()
            .message("one_vs_rest_result")
            .list("completed_models");
    for (int k = 0; k < 3; k++) {
      int one = k;
      double[] other = Arrays.stream(y).map(label -> label == one ? 1 : 0).toArray();
      Result two = harness(each, Tables.instances(GUEST, other, columns)).run().succeeded();
      alone[k] = predictions(two).numbers("predict_score");
      ModelMessage single = two.of(GUEST).model().orElseThrow().param();
      assertThat(models.get(k).<Double>map("weight")).isEqualTo(single.<Double>map("weight"));
      assertThat(models.get(k).number("intercept")).isEqualTo(single.number("intercept"));
    }
    Table predicted = predictions(result);
    for (int row = 0; row < 90; row++) {
      double sum = alone[0][row] + alone[1][row] + alone[2][row];
      double most = Math.max(alone[0][row], Math.max(alone[1][row], alone[2][row]));
      assertThat(predicted.numbers("predict_score")[row]).isEqualTo(most / sum, within(1e-12));
    }
    assertThat(applied(result, table).numbers("predict_score"))
        .isEqualTo(predicted.numbers("predict_score"));
    assertThat(predictions(harness(Map.of(), table).run()).numbers("predict_score"))
        .isNotEqualTo(predicted.numbers("predict_score"));
  }

  private static Table applied(Result fitted, Table table) {
    return harness(Map.of(), table)
        .inputs(
            GUEST,
            Tables.withModel(
                Tables.as("test_data", table), Pair.reread(fitted.of(GUEST).model().orElseThrow())))
        .run()
        .succeeded()
        .of(GUEST)
        .data()
        .get(0);
  }

  @Test
  void predictingTheTrainingRows_givesTheTrainingScores_andRunsRepeat() {
    Table table = BreastData.guest(GUEST);
    Result fitted = harness(Map.of(), table).run().succeeded();
    Table again = applied(fitted, table);
    assertThat(again.numbers("predict_score"))
        .isEqualTo(predictions(fitted).numbers("predict_score"));
    assertThat(again.column(4).textAt(0)).isEqualTo("predict");
    Pair.assertSameBytes(
        fitted.of(GUEST).model().orElseThrow(),
        harness(Map.of(), table).run().of(GUEST).model().orElseThrow());
  }

  @Test
  void validationRows_standBehindTheTrainingRows() {
    Table table = BreastData.guest(GUEST);
    int[] first = IntStream.range(0, 400).toArray();
    int[] rest = IntStream.range(400, 569).toArray();
    TaskInputs both =
        new TaskInputs(
            Map.of(
                "train_data", List.of(new DataInput("a.data", table.select(first))),
                "validate_data", List.of(new DataInput("b.data", table.select(rest)))),
            Optional.empty(),
            List.of());
    Result result = harness(Map.of(), table).inputs(GUEST, both).run().succeeded();
    assertThat(predictions(result).rowCount()).isEqualTo(569);
    assertThat(predictions(result).column(4).textAt(568)).isEqualTo("validate");
  }

  @Test
  void badInput_isNamed() {
    Table one = Tables.instances(GUEST, new double[] {1, 1}, Map.of("x", new double[] {1, 2}));
    assertThat(harness(Map.of(), one).run().failures().get(GUEST))
        .has(Failures.code("baseline.label"))
        .hasMessageContaining("label y: found one class only");
    Table gap =
        Tables.instances(GUEST, new double[] {1, 0}, Map.of("x", new double[] {1, Double.NaN}));
    assertThat(harness(Map.of(), gap).run().failures().get(GUEST))
        .has(Failures.code("features.missing"))
        .hasMessageContaining("column x");
    assertThat(
            harness(Map.of(), one)
                .params(HOST, Map.of("need_run", true))
                .run()
                .failures()
                .get(HOST))
        .has(Failures.code("baseline.label"))
        .hasMessageContaining("need_run");
    assertThat(
            Pair.refused(
                new LocalBaseline(),
                Map.of(
                    "model_opts",
                    Map.of(
                        "penalty", "l1", "solver", "liblinear", "multi_class", "crammer", "C", 0))))
        .containsExactlyInAnyOrder(
            "p/model_opts/penalty",
            "p/model_opts/solver",
            "p/model_opts/multi_class",
            "p/model_opts/C");
    assertThat(Pair.refused(new LocalBaseline(), Map.of("model_name", "Forest")))
        .containsExactly("p/model_name");
    assertThat(Pair.refused(new LocalBaseline(), Map.of("model_opts", Map.of("nonsense", 1))))
        .containsExactly("p/model_opts/nonsense");
  }
}
