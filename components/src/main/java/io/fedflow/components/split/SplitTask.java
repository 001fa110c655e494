package io.fedflow.components.split;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.components.columns.RefusedColumn;
import io.fedflow.components.labels.Labels;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What both components that split do alike: draw, cut and tell. */
final class SplitTask {

  private static final double THREE_DIGITS = 1e3;

  private SplitTask() {}

  /**
   * Draws by a party's own conf and labels.
   *
   * @throws FedflowException {@code split.sizes} or {@code split.label} (INVALID)
   */
  static SplitDraw draw(TaskContext context, Table table) {
    Params params = context.params();
    Number seed = (Number) params.get("random_state");
    return SplitDraw.of(
        SplitSizes.of(params, table.rowCount()),
        params.bool("stratified") ? strata(params, table) : new int[table.rowCount()],
        params.bool("shuffle"),
        seed == null ? context.seed() : seed.longValue());
  }

  /** The three tables; the metrics and the summary say how many rows they have. */
  static TaskOutputs finish(TaskContext context, Table table, SplitDraw draw) {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("train", draw.train().length);
    counts.put("validate", draw.validate().length);
    counts.put("test", draw.test().length);
    Map<String, Object> ratios = new LinkedHashMap<>();
    counts.forEach((part, count) -> ratios.put(part, threeDigits((int) count, table.rowCount())));
    counts.put("original", table.rowCount());
    boolean stratified = context.params().bool("stratified");
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("data_split_count_info", counts);
    facts.put("data_split_ratio_info", ratios);
    facts.put("stratified", stratified);
    Optional<String[]> labels = Labels.texts(table);
    if (stratified && labels.isPresent()) {
      facts.put("data_split_label_info", labelFacts(context.params(), table, draw));
    }
    context.tracker().metric("train", "data_split", List.of(new MetricPoint("data_split", 0)));
    context.tracker().metricMeta("train", "data_split", "DATA_SPLIT", facts);
    context.tracker().summary(facts);
    context.log().info("split " + table.rowCount() + " rows as " + counts);
    return new TaskOutputs(
        List.of(
            table.select(draw.train()), table.select(draw.validate()), table.select(draw.test())),
        Optional.empty());
  }

  private static Map<String, Object> labelFacts(Params params, Table table, SplitDraw draw) {
    boolean cut = !params.isNull("split_points") && !params.list("split_points").isEmpty();
    int[] strata = strata(params, table);
    String[] labels = Labels.texts(table).orElseThrow();
    Map<String, Object> facts = new LinkedHashMap<>();
    int[] all = new int[table.rowCount()];
    Arrays.setAll(all, i -> i);
    facts.put("original", frequencies(labels, strata, cut, all));
    facts.put("train", frequencies(labels, strata, cut, draw.train()));
    facts.put("validate", frequencies(labels, strata, cut, draw.validate()));
    facts.put("test", frequencies(labels, strata, cut, draw.test()));
    facts.put("continuous_label", cut);
    if (cut) {
      facts.put("split_points", params.list("split_points"));
    } else {
      facts.put("label_names", Labels.distinct(labels));
    }
    return facts;
  }

  private static Map<String, Integer> frequencies(
      String[] labels, int[] strata, boolean cut, int[] rows) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int row : rows) {
      counts.merge(cut ? String.valueOf(strata[row]) : labels[row], 1, Integer::sum);
    }
    return counts;
  }

  private static int[] strata(Params params, Table table) {
    String[] labels =
        Labels.texts(table)
            .orElseThrow(
                () ->
                    FedflowException.invalid(
                        "split.label",
                        "stratified: found a table without a label, allowed is one with a label;"
                            + " set stratified to false, or with_label in DataTransform"));
    List<?> points = params.list("split_points");
    if (points != null && !points.isEmpty()) {
      double[] values = table.label();
      if (values == null) {
        throw RefusedColumn.label(
            "split.label", table, "split_points: found labels that are texts, allowed are numbers");
      }
      int[] strata = new int[labels.length];
      Arrays.setAll(
          strata,
          row ->
              (int) points.stream().filter(p -> ((Number) p).doubleValue() < values[row]).count());
      return strata;
    }
    List<String> names = Labels.distinct(labels);
    Map<String, Integer> numbers = new HashMap<>();
    names.forEach(name -> numbers.put(name, numbers.size()));
    int[] strata = new int[labels.length];
    Arrays.setAll(strata, row -> numbers.get(labels[row]));
    return strata;
  }

  private static double threeDigits(int count, int rows) {
    return Math.rint((double) count / rows * THREE_DIGITS) / THREE_DIGITS;
  }
}
