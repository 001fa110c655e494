package io.fedflow.components.testing;

import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Further ways in which components work, beside the job that each has in {@link ComponentJobs}, for
 * tests of what all of them promise. A variant is named by its module and a colon before its own
 * words.
 */
public final class JobVariants {

  private static final Map<String, Supplier<ComponentJob>> VARIANTS = new LinkedHashMap<>();

  static {
    add("HeteroLR: one-vs-rest", JobVariants::classes, Map.of());
    add("HeteroLR: cross-validation", job -> job, folds());
    add(
        "HeteroLR: stepwise",
        JobVariants::narrow,
        Map.of(
            "stepwise_param",
            Map.of("need_stepwise", true, "direction", "backward", "max_step", 1)));
    add("HeteroLinR: cross-validation", job -> job, folds());
    add("HomoLR: one-vs-rest", JobVariants::classes, Map.of());
    add("HomoLR: cross-validation", job -> job, folds());
    add(
        "HeteroFeatureBinning: optimal",
        job -> job,
        Map.of(
            "method",
            "optimal",
            "bin_num",
            4,
            "optimal_binning_param",
            Map.of("metric_method", "iv", "init_bin_nums", 10)));
    add(
        "HeteroFeatureBinning: categories",
        job -> job.tables(ComponentJobs::whole),
        Map.of("category_indexes", -1));
    add("HeteroFeatureBinning: classes", JobVariants::classes, Map.of("method", "bucket"));
    add("HomoFeatureBinning: recursive", job -> job, Map.of("method", "recursive_query"));
    add(
        "HomoFeatureBinning: categories",
        job -> job.tables(ComponentJobs::whole),
        Map.of("category_names", List.of("x0", "x3")));
    add(
        "HeteroFeatureSelection: several filters",
        job -> job,
        Map.of(
            "filter_methods",
            List.of("unique_value", "outlier_cols", "iv_filter", "iv_percentile"),
            "outlier_param",
            Map.of("percentile", 0.9, "upper_threshold", 3.0),
            "iv_param",
            Map.of("filter_type", "top_k", "threshold", 7),
            "iv_percentile_param",
            Map.of("percentile_threshold", 0.8)));
    add(
        "FeatureScale: shares",
        job -> job,
        Map.of("method", "min_max_scale", "mode", "cap", "feat_upper", 0.9, "feat_lower", 0.1));
    add(
        "FeatureScale: bounds",
        job -> job,
        Map.of("feat_upper", 1.0, "feat_lower", -1.0, "with_std", false));
    add("HeteroSecureBoost: classes", JobVariants::classes, Map.of());
    add(
        "HeteroSecureBoost: regression",
        job -> job,
        Map.of("task_type", "regression", "objective_param", Map.of("objective", "lse")));
    add("HeteroSecureBoost: mix", job -> job, Map.of("boosting_strategy", "mix"));
    add("HeteroSecureBoost: layered", job -> job, layered());
    add("HeteroSecureBoost: cross-validation", job -> job, folds());
    add(
        "LocalBaseline: one-vs-rest",
        JobVariants::classes,
        Map.of("model_opts", Map.of("multi_class", "ovr")));
  }

  private JobVariants() {}

  /** All variants. */
  public static List<String> names() {
    return List.copyOf(VARIANTS.keySet());
  }

  /** The job of a variant, or the one of a module. */
  public static ComponentJob of(String name) {
    return VARIANTS.containsKey(name) ? VARIANTS.get(name).get() : ComponentJobs.of(name);
  }

  /** The module of a variant, or the module itself. */
  public static String module(String name) {
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  /** Whether a variant gives predictions of folds and no model. */
  public static boolean isOfFolds(String name) {
    return name.endsWith(": cross-validation");
  }

  private static void add(
      String name, UnaryOperator<ComponentJob> change, Map<String, Object> params) {
    VARIANTS.put(name, () -> change.apply(ComponentJobs.of(module(name))).with(params));
  }

  private static Map<String, Object> folds() {
    return Map.of("cv_param", Map.of("need_cv", true, "n_splits", 3, "random_seed", 5));
  }

  private static Map<String, Object> layered() {
    return Map.of(
        "boosting_strategy",
        "layered",
        "guest_depth",
        1,
        "host_depth",
        1,
        "tree_param",
        Map.of("max_depth", 2));
  }

  /** Three classes instead of two, by the rows' ids and so alike wherever a row is. */
  private static ComponentJob classes(ComponentJob job) {
    return job.tables(
        (party, table) -> {
          int label = table.schema().indexOf(ColumnSpec.Use.LABEL);
          if (label < 0) {
            return table;
          }
          double[] classes = new double[table.rowCount()];
          for (int row = 0; row < classes.length; row++) {
            classes[row] = Math.floorMod(table.ids()[row].hashCode(), 3);
          }
          List<Column> columns = new ArrayList<>(table.columns());
          columns.set(label, new Column.Numbers(classes));
          return table.withColumns(table.schema().columns(), columns);
        });
  }

  /** Two columns of each party: every one more is a training more in every step. */
  private static ComponentJob narrow(ComponentJob job) {
    return job.tables((party, table) -> table.keepFeatures(List.of("x0", "x1")::contains));
  }
}
