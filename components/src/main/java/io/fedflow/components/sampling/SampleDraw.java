package io.fedflow.components.sampling;

import io.fedflow.component.Params;
import io.fedflow.components.columns.RefusedColumn;
import io.fedflow.components.labels.Labels;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which rows are drawn.
 *
 * @param rows positions of rows, ascending; a row that is drawn again stands again
 * @param drawn label to how many of its rows were drawn; empty unless stratified
 * @param before label to how many rows have it; empty unless stratified
 */
record SampleDraw(int[] rows, Map<String, Integer> drawn, Map<String, Integer> before) {

  /** The most rows of a sample. */
  static final int MOST = 50_000_000;

  private static final double NO_WEIGHT = 1e-8;

  /**
   * Draws as a conf says.
   *
   * @throws FedflowException {@code sample.label}, {@code sample.weight} or {@code sample.size}
   *     (INVALID)
   */
  static SampleDraw of(Params params, Table table, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean again = params.text("method").equals(SampleParameters.UP);
    return switch (params.text("mode")) {
      case SampleParameters.STRATIFIED -> stratified(params, table, random, again);
      case SampleParameters.BY_WEIGHT -> plain(byWeight(table));
      default -> {
        int[] all = IntStream.range(0, table.rowCount()).toArray();
        yield plain(draw(all, params.number("fractions"), again, random));
      }
    };
  }

  private static SampleDraw plain(int[] rows) {
    Arrays.sort(rows);
    return new SampleDraw(rows, Map.of(), Map.of());
  }

  private static SampleDraw stratified(
      Params params, Table table, SplittableRandom random, boolean again) {
    String[] labels =
        Labels.texts(table)
            .orElseThrow(
                () ->
                    FedflowException.invalid(
                        "sample.label",
                        "mode stratified: found a table without a label, allowed is one with a"
                            + " label"));
    Map<String, List<Integer>> byLabel = new LinkedHashMap<>();
    Labels.distinct(labels).forEach(label -> byLabel.put(label, new ArrayList<>()));
    for (int row = 0; row < labels.length; row++) {
      byLabel.get(labels[row]).add(row);
    }
    Map<String, Integer> drawn = new LinkedHashMap<>();
    Map<String, Integer> before = new LinkedHashMap<>();
    byLabel.forEach(
        (label, rows) -> {
          before.put(label, rows.size());
          drawn.put(label, 0);
        });
    IntStream.Builder all = IntStream.builder();
    for (Object entry : params.list("fractions")) {
      String label = Labels.normal(((List<?>) entry).get(0));
      if (!byLabel.containsKey(label)) {
        throw FedflowException.invalid(
            "sample.label",
            "fractions: found label " + label + ", allowed are " + byLabel.keySet());
      }
      int[] rows = byLabel.get(label).stream().mapToInt(Integer::intValue).toArray();
      double fraction = ((Number) ((List<?>) entry).get(1)).doubleValue();
      int[] chosen = draw(rows, fraction, again, random);
      drawn.merge(label, chosen.length, Integer::sum);
      Arrays.stream(chosen).forEach(all::add);
    }
    int[] rows = all.build().sorted().toArray();
    return new SampleDraw(rows, drawn, before);
  }

  private static int[] draw(int[] from, double fraction, boolean again, SplittableRandom random) {
    int count = size(Math.floor(fraction * from.length));
    if (again) {
      return IntStream.range(0, count).map(i -> from[random.nextInt(from.length)]).toArray();
    }
    int[] pool = from.clone();
    int kept = Math.min(pool.length, Math.max(1, count));
    for (int i = 0; i < kept; i++) {
      int j = i + random.nextInt(pool.length - i);
      int other = pool[j];
      pool[j] = pool[i];
      pool[i] = other;
    }
    return Arrays.copyOf(pool, kept);
  }

  /** How often a row of a weight is drawn; one of no weight is left out, as in FATE. */
  static int copies(double weight) {
    return weight > NO_WEIGHT ? (int) Math.ceil(weight) : 0;
  }

  private static int[] byWeight(Table table) {
    double[] weights = table.weight();
    if (weights == null) {
      throw FedflowException.invalid(
          "sample.weight",
          "mode exact_by_weight: found rows without weights, allowed are rows that SampleWeight"
              + " weighed");
    }
    double total = 0;
    for (int row = 0; row < weights.length; row++) {
      if (!(weights[row] >= 0)) {
        throw RefusedColumn.weight(
            "sample.weight",
            table,
            "mode exact_by_weight, row "
                + (row + 1)
                + ": found a weight that is missing or negative, allowed are weights of 0 and more");
      }
      total += weights[row] > NO_WEIGHT ? Math.ceil(weights[row]) : 0;
    }
    if (total == 0) {
      throw RefusedColumn.weight(
          "sample.weight",
          table,
          "mode exact_by_weight: found no weight above 0, allowed are some");
    }
    int[] rows = new int[size(total)];
    int at = 0;
    for (int row = 0; row < weights.length; row++) {
      for (int copy = copies(weights[row]); copy > 0; copy--) {
        rows[at++] = row;
      }
    }
    return rows;
  }

  private static int size(double rows) {
    if (rows > MOST) {
      throw FedflowException.invalid(
          "sample.size", "sample: found " + rows + " rows, allowed are at most " + MOST);
    }
    return (int) rows;
  }
}
