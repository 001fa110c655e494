package io.fedflow.components.evaluation;

import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.ColumnSpec.Type;
import io.fedflow.table.ColumnSpec.Use;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Tables as clusterings hand them on. */
final class ClusterTables {

  private ClusterTables() {}

  /** Rows of one type. */
  static Table members(String type, String[] labels, double... clusters) {
    return members(repeated(type, labels.length), labels, clusters);
  }

  /** Rows of several types. */
  static Table members(String[] types, String[] labels, double... clusters) {
    return table(
        ids(types.length),
        ClusterTable.MEMBERS,
        new Column.Texts(labels),
        new Column.Numbers(clusters),
        new Column.Texts(types));
  }

  /** Clusters by their numbers, with ten rows each. */
  static Table shapes(String[] clusters, double[] inner, double[] radius, String between) {
    double[] counts = new double[clusters.length];
    Arrays.fill(counts, 10);
    return table(
        clusters,
        ClusterTable.SHAPES,
        new Column.Numbers(counts),
        new Column.Numbers(inner),
        new Column.Numbers(radius),
        new Column.Texts(repeated(between, clusters.length)),
        new Column.Texts(repeated("train", clusters.length)));
  }

  /** Rows of cluster 0 by their distance to its centre. */
  static Table distances(double... distances) {
    return table(
        ids(distances.length),
        ClusterTable.DISTANCES,
        new Column.Numbers(new double[distances.length]),
        new Column.Numbers(distances),
        new Column.Texts(repeated("train", distances.length)));
  }

  private static Table table(String[] ids, List<String> names, Column... columns) {
    List<ColumnSpec> specs = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      Type type = columns[i] instanceof Column.Texts ? Type.TEXT : Type.NUMBER;
      specs.add(new ColumnSpec(names.get(i), type, Use.FEATURE, ""));
    }
    return new Table(
        new TableSchema(TableKind.PREDICTION, "id", specs, ","), ids, List.of(columns));
  }

  private static String[] ids(int count) {
    return IntStream.range(0, count).mapToObj(String::valueOf).toArray(String[]::new);
  }

  private static String[] repeated(String text, int count) {
    String[] texts = new String[count];
    Arrays.fill(texts, text);
    return texts;
  }
}
