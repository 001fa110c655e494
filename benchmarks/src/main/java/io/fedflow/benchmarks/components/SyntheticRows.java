package io.fedflow.benchmarks.components;

import io.fedflow.components.predictions.ClassPredictions;
import io.fedflow.components.predictions.PredictionTables;
import io.fedflow.party.Party;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Rows of a party, drawn by a seed that the party gives.
 *
 * @param party whose rows
 * @param rows how many
 * @param columns how many features
 * @param labelled whether there is a label
 */
record SyntheticRows(Party party, int rows, int columns, boolean labelled) {

  private static final double CATEGORIES = 10;
  private static final double GAP = 0.1;

  /** Normal features; labels 0 and 1, by the sign of a row's sum. */
  Table normal() {
    return instances(value -> value, sum -> sum > 0 ? 1 : 0);
  }

  /** Normal features {@code z0, z1, …} without labels. */
  Table others() {
    Table drawn = new SyntheticRows(party, rows, columns, false).normal();
    List<ColumnSpec> specs =
        drawn.schema().columns().stream()
            .map(s -> ColumnSpec.feature("z" + s.name().substring(1), s.anonymousName() + "_z"))
            .toList();
    return drawn.withColumns(specs, drawn.columns());
  }

  /** Normal features; labels that count, 0 to 3 most of them. */
  Table counting() {
    double spread = Math.sqrt(Math.max(1, columns));
    return instances(value -> value, sum -> Math.max(0, Math.rint(1 + sum / spread)));
  }

  /** Features of the whole numbers 0 to 9. */
  Table whole() {
    return instances(
        value -> Math.floorMod((int) Math.floor(value * 4), (int) CATEGORIES),
        sum -> sum > 0 ? 1 : 0);
  }

  /** Normal features, of which every tenth value is missing. */
  Table withGaps() {
    SplittableRandom gaps = new SplittableRandom(seed() + 1);
    return instances(value -> gaps.nextDouble() < GAP ? Double.NaN : value, sum -> sum > 0 ? 1 : 0);
  }

  /** Scores of classes that are better than chance. */
  Table predictions(List<String> classes) {
    SplittableRandom random = new SplittableRandom(seed());
    double[] labels = new double[rows];
    double[][] probabilities = new double[classes.size()][rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = random.nextInt(classes.size());
      double sum = 0;
      for (int k = 0; k < classes.size(); k++) {
        probabilities[k][row] = random.nextDouble() + (labels[row] == k ? 0.5 : 0);
        sum += probabilities[k][row];
      }
      for (double[] probability : probabilities) {
        probability[row] /= sum;
      }
    }
    return ClassPredictions.of(onlyLabels(labels), classes, probabilities, 0.5, "train");
  }

  /** Values that are near the true ones. */
  Table predictedValues() {
    SplittableRandom random = new SplittableRandom(seed());
    double[] labels = random.doubles(rows).toArray();
    double[] values =
        Arrays.stream(labels).map(label -> label + random.nextGaussian() / 10).toArray();
    String[] details =
        Arrays.stream(values).mapToObj(v -> "{\"label\": " + v + "}").toArray(String[]::new);
    return PredictionTables.of(
        onlyLabels(labels),
        new Column.Numbers(labels),
        new Column.Numbers(values),
        values,
        details,
        "train",
        ColumnSpec.Type.NUMBER);
  }

  private Table onlyLabels(double[] labels) {
    return table(List.of(label()), List.of(new Column.Numbers(labels)));
  }

  private Table instances(DoubleUnaryOperator feature, DoubleUnaryOperator label) {
    SplittableRandom random = new SplittableRandom(seed());
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> values = new ArrayList<>();
    double[] sum = new double[rows];
    for (int column = 0; column < columns; column++) {
      double[] numbers = new double[rows];
      for (int row = 0; row < rows; row++) {
        double drawn = random.nextGaussian();
        sum[row] += drawn;
        numbers[row] = feature.applyAsDouble(drawn);
      }
      specs.add(ColumnSpec.feature("x" + column, party.role() + "_" + party.id() + "_x" + column));
      values.add(new Column.Numbers(numbers));
    }
    if (labelled) {
      specs.add(0, label());
      values.add(0, new Column.Numbers(Arrays.stream(sum).map(label).toArray()));
    }
    return table(specs, values);
  }

  private ColumnSpec label() {
    return new ColumnSpec(
        "y", ColumnSpec.Type.INTEGER, ColumnSpec.Use.LABEL, party.role() + "_" + party.id() + "_y");
  }

  private Table table(List<ColumnSpec> specs, List<Column> values) {
    String[] ids = IntStream.range(0, rows).mapToObj(i -> "id" + i).toArray(String[]::new);
    return new Table(new TableSchema(TableKind.INSTANCE, "id", specs, ","), ids, values);
  }

  private long seed() {
    return party.toString().hashCode();
  }
}
