package io.fedflow.benchmarks.components;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Cases of components that each party runs on its own rows. Stateless. */
final class LocalCases {

  private static final ComponentCase STATISTICS =
      ComponentCase.of("DataStatistics", "").data(Synthetic.COLUMNS);

  private LocalCases() {}

  static List<ComponentCase> all() {
    List<ComponentCase> cases = new ArrayList<>();
    // Reads the table by itself: its cost is that of a whole job that does nothing else.
    cases.add(ComponentCase.of(CaseRunner.READER, "").data(Synthetic.COLUMNS));
    cases.add(
        ComponentCase.of("Union", "rows")
            .data(Synthetic.ROWS)
            .data(Synthetic.ROWS)
            .set("keep_duplicate", true));
    cases.add(
        ComponentCase.of("Union", "columns")
            .data(Synthetic.COLUMNS)
            .data(Synthetic.MORE_COLUMNS)
            .set("axis", 1));
    cases.add(
        ComponentCase.of("ColumnExpand", "")
            .data(Synthetic.CELLS)
            .set("append_header", List.of("more"))
            .set("fill_value", 0.5));
    cases.addAll(transforms());
    cases.add(STATISTICS);
    cases.addAll(
        both(
            ComponentCase.of("FeatureImputation", "mean")
                .data(Synthetic.GAPS)
                .set("missing_fill_method", "mean")));
    cases.add(
        ComponentCase.of("FeatureImputation", "mode")
            .data(Synthetic.GAPS)
            .set("missing_fill_method", "mode"));
    cases.addAll(both(ComponentCase.of("FeatureScale", "").data(Synthetic.COLUMNS)));
    cases.addAll(both(ComponentCase.of("OneHotEncoder", "").data(Synthetic.CATEGORIES)));
    cases.addAll(both(ComponentCase.of("LabelTransform", "").data(Synthetic.ROWS)));
    cases.add(
        ComponentCase.of("SampleWeight", "")
            .data(Synthetic.ROWS)
            .set("class_weight", Map.of("0", 1, "1", 2)));
    cases.add(
        ComponentCase.of("PSI", "")
            .train(Synthetic.COLUMNS)
            .input("validate_data", Synthetic.COLUMNS));
    cases.addAll(both(ComponentCase.of("LocalBaseline", "").train(Synthetic.ROWS)));
    cases.add(
        ComponentCase.of("HomoDataSplit", "")
            .data(Synthetic.ROWS)
            .set("stratified", true)
            .set("train_size", 0.8)
            .set("test_size", 0.2));
    cases.add(ComponentCase.of("Scorecard", "").data(Synthetic.PREDICTIONS));
    cases.add(ComponentCase.of("Evaluation", "binary").data(Synthetic.PREDICTIONS));
    cases.add(
        ComponentCase.of("Evaluation", "multi")
            .data(Synthetic.PREDICTIONS_OF_THREE)
            .set("eval_type", "multi"));
    cases.add(
        ComponentCase.of("Evaluation", "regression")
            .data(Synthetic.PREDICTED_VALUES)
            .set("eval_type", "regression"));
    return cases;
  }

  private static List<ComponentCase> transforms() {
    List<ComponentCase> cases = new ArrayList<>();
    for (String module : List.of("DataTransform", "DataIO")) {
      cases.addAll(
          both(
              ComponentCase.of(module, "dense")
                  .data(Synthetic.CELLS)
                  .setAtGuest("with_label", true)));
      cases.add(
          ComponentCase.of(module, "fill")
              .data(Synthetic.CELLS)
              .setAtGuest("with_label", true)
              .set("missing_fill", true)
              .set("missing_fill_method", "mean")
              .set("outlier_replace", true)
              .set("outlier_replace_method", "max"));
      cases.add(
          ComponentCase.of(module, "sparse")
              .data(Synthetic.INDEXED)
              .setAtGuest("with_label", true)
              .set("input_format", "sparse")
              .set("delimitor", " ")
              .set("output_format", "sparse"));
      cases.add(
          ComponentCase.of(module, "tag")
              .data(Synthetic.TAGS)
              .setAtGuest("with_label", true)
              .set("input_format", "tag")
              .set("delimitor", " ")
              .set("tag_with_value", true));
    }
    return cases;
  }

  /** A case, and what it learned applied. */
  static List<ComponentCase> both(ComponentCase learning) {
    return List.of(learning, learning.applying());
  }

  /** The model of statistics that others take. */
  static ComponentCase statistics() {
    return STATISTICS;
  }
}
