package io.fedflow.components.labels;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.predictions.PredictionTables;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.model.ComponentModel;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelTransformTest {

  private static Table guest(double... labels) {
    return Tables.instances(GUEST, labels, Map.of("a", new double[labels.length]));
  }

  private static Table words(String... labels) {
    Table table = guest(new double[labels.length]);
    return table.withColumns(
        List.of(
            new ColumnSpec("y", ColumnSpec.Type.TEXT, ColumnSpec.Use.LABEL, "guest_9999_y"),
            table.schema().columns().get(1)),
        List.of(new Column.Texts(labels), table.column(1)));
  }

  private static ComponentHarness harness(Map<String, ?> params, Table guest) {
    return Pair.harness(new LabelTransform(), params)
        .inputs(GUEST, Tables.asData(guest))
        .inputs(HOST, Tables.asData(Tables.instances(HOST, null, Map.of("h", new double[] {1}))));
  }

  @Test
  void sortedLabels_areNumberedFromZero_asNumbersIfTheyAreSuch() {
    Result numbers = harness(Map.of(), guest(10, -1, 2, 10)).run().succeeded();
    assertThat(numbers.of(GUEST).data().get(0).label()).containsExactly(2, 0, 1, 2);
    Result texts = harness(Map.of(), words("no", "yes", "no")).run().succeeded();
    assertThat(texts.of(GUEST).data().get(0).label()).containsExactly(0, 1, 0);
    assertThat(texts.trackers().get(GUEST).meta("train", "label_transform"))
        .containsEntry("label_encoder", Map.of("no", 0L, "yes", 1L));
    // A party without labels hands its rows on.
    assertThat(texts.of(HOST).data().get(0).numbers("h")).containsExactly(1);
    assertThat(texts.of(HOST).model()).isEmpty();
    assertThat(texts.messages()).isEmpty();
  }

  @Test
  void aGivenEncoder_mapsToNumbersOrTexts() {
    Result result =
        harness(Map.of("label_encoder", Map.of("1.0", "good", "0", "bad")), guest(1, 0))
            .run()
            .succeeded();
    Table table = result.of(GUEST).data().get(0);
    assertThat(table.column(0).textAt(0)).isEqualTo("good");
    assertThat(table.column(0).textAt(1)).isEqualTo("bad");
    assertThat(table.schema().labelName()).contains("y");
    Pair.assertSameBytes(
        result.of(GUEST).model().orElseThrow(),
        harness(Map.of("label_encoder", Map.of("1.0", "good", "0", "bad")), guest(1, 0))
            .run()
            .of(GUEST)
            .model()
            .orElseThrow());
  }

  @Test
  void predictions_getTheirLabelsBack() {
    Result fitted = harness(Map.of(), words("no", "yes", "say \"x\"")).run().succeeded();
    Table rows = guest(0, 2);
    Table predictions =
        PredictionTables.of(
            rows,
            new Column.Numbers(new double[] {0, Double.NaN}),
            new Column.Numbers(new double[] {2, 1}),
            new double[] {0.5, 0.25},
            new String[] {"{\"0\": 0.25, \"1\": 0.5, \"2\": 0.25}", "{\"1\": 1.0}"},
            "predict",
            ColumnSpec.Type.INTEGER);
    Table restored = apply(fitted, predictions);
    assertThat(restored.column(0).textAt(0)).isEqualTo("no");
    assertThat(restored.column(0).textAt(1)).isEmpty();
    assertThat(restored.column(1).textAt(0)).isEqualTo("yes");
    assertThat(restored.column(1).textAt(1)).isEqualTo("say \"x\"");
    assertThat(restored.column(3).textAt(0))
        .isEqualTo("{\"no\": 0.25, \"say \\\"x\\\"\": 0.5, \"yes\": 0.25}");
    assertThat(restored.column(2)).isEqualTo(predictions.column(2));
  }

  @Test
  void numbersComeBackAsNumbers() {
    Result fitted = harness(Map.of(), guest(5, -3)).run().succeeded();
    Table predictions =
        PredictionTables.of(
            guest(0),
            new Column.Numbers(new double[] {1}),
            new Column.Numbers(new double[] {0}),
            new double[] {0.5},
            new String[] {"{\"0\": 0.5, \"1\": 0.5}"},
            "train",
            ColumnSpec.Type.INTEGER);
    Table restored = apply(fitted, predictions);
    assertThat(restored.column(0)).isInstanceOf(Column.Numbers.class);
    assertThat(restored.column(0).textAt(0)).isEqualTo("5");
    assertThat(restored.column(1).textAt(0)).isEqualTo("-3");
    assertThat(restored.column(3).textAt(0)).isEqualTo("{\"-3\": 0.5, \"5\": 0.5}");
  }

  private static Table apply(Result fitted, Table table) {
    ComponentModel model = Pair.reread(fitted.of(GUEST).model().orElseThrow());
    return harness(Map.of(), guest(1))
        .inputs(GUEST, Tables.withModel(Tables.asData(table), model))
        .run()
        .succeeded()
        .of(GUEST)
        .data()
        .get(0);
  }

  @Test
  void storedModel_encodesNewRows() {
    Result fitted = harness(Map.of(), guest(7, 8, 9)).run().succeeded();
    assertThat(apply(fitted, guest(9, 7)).label()).containsExactly(2, 0);
  }

  @Test
  void labelsThatTheEncoderDoesNotName_stay() {
    Result result = harness(Map.of("label_encoder", Map.of("0", 5)), guest(0, 3, 7)).run();

    assertThat(result.succeeded().of(GUEST).data().get(0).label()).containsExactly(5, 3, 7);
    assertThat(result.trackers().get(GUEST).logLines())
        .anyMatch(line -> line.startsWith("WARNING") && line.contains("2 labels"));
    assertThat(apply(result, guest(7, 0)).label()).containsExactly(7, 5);
  }

  @Test
  void badInput_isNamed() {
    ComponentModel model =
        harness(Map.of(), guest(0, 3)).run().succeeded().of(GUEST).model().orElseThrow();
    assertThat(
            harness(Map.of(), guest())
                .inputs(GUEST, Tables.withModel(Tables.asData(guest(0, 7)), model))
                .run()
                .failures()
                .get(GUEST))
        .has(Failures.code("labels.unknown"))
        .hasMessageContaining("row 2")
        .hasMessageContaining("column y");
    assertThat(Pair.refused(new LabelTransform(), Map.of("label_encoder", Map.of("0", List.of()))))
        .containsExactly("p/label_encoder/0");
    double[] many = new double[1001];
    java.util.Arrays.setAll(many, i -> i);
    assertThat(harness(Map.of(), guest(many)).run().failures().get(GUEST))
        .has(Failures.code("labels.many"));
  }
}
