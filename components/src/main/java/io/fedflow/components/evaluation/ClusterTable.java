package io.fedflow.components.evaluation;

import io.fedflow.table.Column;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The three forms in which a clustering hands on what it found, told apart by their columns, all of
 * them tables of kind PREDICTION. Immutable by convention.
 *
 * <ul>
 *   <li>{@code label, predicted_label, type}: a row for each row that was grouped; {@code
 *       predicted_label} is the number of its cluster, from 0.
 *   <li>{@code cluster_sample_count, cluster_inner_dist, cluster_max_radius, inter_cluster_dist,
 *       type}: a row for each cluster, whose id is its number. Distances inside are means and
 *       maxima of the distance to the centre; {@code inter_cluster_dist} is a text like {@code [9,
 *       16, 9, 25, 16, 25]} with the <em>squared</em> distance of every centre to every other, the
 *       same in all rows.
 *   <li>{@code predicted_cluster_index, distance, type}: a row for each row; of these nothing is
 *       measured.
 * </ul>
 */
sealed interface ClusterTable {

  /** The column of distances between centres, the same list in every row. */
  String BETWEEN = "inter_cluster_dist";

  /** The columns of {@link Members}. */
  List<String> MEMBERS = List.of("label", "predicted_label", "type");

  /** The columns of {@link Shapes}. */
  List<String> SHAPES =
      List.of("cluster_sample_count", "cluster_inner_dist", "cluster_max_radius", BETWEEN, "type");

  /** The columns of {@link Distances}. */
  List<String> DISTANCES = List.of("predicted_cluster_index", "distance", "type");

  /**
   * Which rows are in which cluster.
   *
   * @param labels true labels; null if no row has one
   * @param clusters numbers from 0
   */
  record Members(String[] labels, int[] clusters) implements ClusterTable {}

  /**
   * How clusters lie, in the order of their numbers.
   *
   * @param inner mean distances to the centre
   * @param radius largest distances to the centre
   * @param squares squared distances between centres, [clusters][clusters]
   */
  record Shapes(double[] inner, double[] radius, double[][] squares) implements ClusterTable {}

  /** How far rows are from their centre. */
  record Distances() implements ClusterTable {}

  /**
   * The place of the column of row types.
   *
   * @throws io.fedflow.failure.FedflowException {@code evaluation.input} (INVALID) if the table has
   *     none of the forms
   */
  static int typeColumn(String dataName, Table table) {
    List<String> header = header(table);
    if (table.schema().kind() == TableKind.PREDICTION
        && List.of(MEMBERS, SHAPES, DISTANCES).contains(header)) {
      return header.size() - 1;
    }
    throw PredictionRows.refused(
        dataName,
        "found a "
            + table.schema().kind()
            + " table of the columns "
            + header
            + ", allowed are predictions with "
            + MEMBERS
            + ", "
            + SHAPES
            + " or "
            + DISTANCES);
  }

  /**
   * Reads rows of one type.
   *
   * @throws io.fedflow.failure.FedflowException {@code evaluation.input} (INVALID) if a value is
   *     missing or impossible
   */
  static ClusterTable of(String dataName, Table rows) {
    List<String> header = header(rows);
    if (header.equals(DISTANCES)) {
      return new Distances();
    }
    return header.equals(MEMBERS) ? members(dataName, rows) : shapes(dataName, rows);
  }

  private static List<String> header(Table table) {
    return table.schema().columns().stream().map(column -> column.name()).toList();
  }

  private static Members members(String dataName, Table rows) {
    int[] clusters =
        Arrays.stream(numbers(dataName, rows, 1))
            .mapToInt(value -> number(dataName, value))
            .toArray();
    String[] labels = new String[rows.rowCount()];
    Arrays.setAll(labels, rows.column(0)::textAt);
    long missing = Arrays.stream(labels).filter(String::isEmpty).count();
    if (missing > 0 && missing < labels.length) {
      throw PredictionRows.refused(
          dataName,
          "label",
          "found " + missing + " missing values; every row needs one, or none has");
    }
    return new Members(missing == 0 ? labels : null, clusters);
  }

  private static Shapes shapes(String dataName, Table rows) {
    Table sorted =
        rows.select(
            IntStream.range(0, rows.rowCount())
                .boxed()
                .sorted(Comparator.comparingInt(row -> number(dataName, id(dataName, rows, row))))
                .mapToInt(Integer::intValue)
                .toArray());
    Column texts = sorted.column(3);
    String between = texts.textAt(0);
    for (int row = 1; row < sorted.rowCount(); row++) {
      if (!texts.textAt(row).equals(between)) {
        throw PredictionRows.refused(
            dataName, BETWEEN, "found several lists; allowed is one list for all rows");
      }
    }
    return new Shapes(
        distances(dataName, sorted, 1),
        distances(dataName, sorted, 2),
        squares(dataName, between, sorted.rowCount()));
  }

  private static double[][] squares(String dataName, String text, int clusters) {
    String inside = text.strip().replaceAll("^\\[|\\]$", "").strip();
    String[] cells = inside.isEmpty() ? new String[0] : inside.split(",");
    if (cells.length != clusters * (clusters - 1)) {
      throw PredictionRows.refused(
          dataName,
          BETWEEN,
          "found "
              + cells.length
              + " distances of "
              + clusters
              + " clusters, allowed are "
              + clusters * (clusters - 1));
    }
    double[][] squares = new double[clusters][clusters];
    int next = 0;
    for (int from = 0; from < clusters; from++) {
      for (int to = 0; to < clusters; to++) {
        squares[from][to] = from == to ? 0 : distance(dataName, 3, parsed(dataName, cells[next++]));
      }
    }
    return squares;
  }

  private static double parsed(String dataName, String cell) {
    try {
      return Double.parseDouble(cell.strip());
    } catch (NumberFormatException word) {
      throw PredictionRows.refused(
          dataName, BETWEEN, "found " + cell.strip() + ", allowed are numbers");
    }
  }

  private static double[] distances(String dataName, Table rows, int column) {
    return Arrays.stream(numbers(dataName, rows, column))
        .map(value -> distance(dataName, column, value))
        .toArray();
  }

  private static double distance(String dataName, int column, double value) {
    if (value >= 0 && value < Double.POSITIVE_INFINITY) {
      return value;
    }
    throw PredictionRows.refused(
        dataName, SHAPES.get(column), "found " + value + ", allowed are distances from 0 on");
  }

  private static double[] numbers(String dataName, Table rows, int column) {
    if (rows.column(column) instanceof Column.Numbers numbers) {
      return numbers.values();
    }
    throw PredictionRows.refused(
        dataName, header(rows).get(column), "found texts, allowed are numbers");
  }

  private static double id(String dataName, Table rows, int row) {
    try {
      return Double.parseDouble(rows.ids()[row]);
    } catch (NumberFormatException word) {
      throw PredictionRows.refused(
          dataName, "the id of row " + row + " is no number; allowed is the number of its cluster");
    }
  }

  private static int number(String dataName, double value) {
    if (value == Math.rint(value) && value >= 0 && value < ClusterAgreement.MOST_CLUSTERS) {
      return (int) value;
    }
    throw PredictionRows.refused(
        dataName,
        "found "
            + value
            + " as the number of a cluster, allowed are whole numbers from 0 to "
            + (ClusterAgreement.MOST_CLUSTERS - 1));
  }
}
