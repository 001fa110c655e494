package io.fedflow.benchmarks.components;

import static io.fedflow.benchmarks.components.LocalCases.both;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Cases of components in which parties learn together from columns or rows. Stateless. */
final class ModelCases {

  private static final Map<String, Object> SHALLOW = Map.of("max_depth", 3);
  private static final ComponentCase BINNING =
      ComponentCase.of("HeteroFeatureBinning", "iv").data(Synthetic.COLUMNS).encrypted();

  private ModelCases() {}

  static List<ComponentCase> all() {
    List<ComponentCase> cases = new ArrayList<>();
    cases.addAll(both(BINNING));
    cases.add(
        ComponentCase.of("HeteroFeatureBinning", "optimal")
            .data(Synthetic.COLUMNS)
            .encrypted()
            .set("method", "optimal"));
    cases.addAll(
        both(
            ComponentCase.of("HeteroFeatureSelection", "")
                .data(Synthetic.COLUMNS)
                .set("filter_methods", List.of("iv_value_thres", "statistic_filter"))
                .set("statistic_param", Map.of("metrics", "skewness", "threshold", -10))
                .isometric(BINNING)
                .isometric(LocalCases.statistics())));
    cases.add(
        ComponentCase.of("HeteroPearson", "")
            .data(Synthetic.COLUMNS)
            .set("column_indexes", -1)
            .keyed("fixpoint_bit_length", bits -> bits)
            .growing(Growth.PAIRS_OF_COLUMNS));
    for (String module : List.of("HeteroLR", "HeteroLinR", "HeteroPoisson")) {
      Synthetic rows = module.equals("HeteroLR") ? Synthetic.COLUMNS : Synthetic.COUNTS;
      // With one host only is the loss computed.
      ComponentCase epoch =
          ComponentCase.of(module, "epoch")
              .train(rows)
              .encrypted()
              .set("max_iter", 1)
              .set("optimizer", "sgd")
              .set("learning_rate", 0.01);
      cases.addAll(
          both(
              module.equals("HeteroPoisson")
                  ? epoch.growing(Growth.LINEAR.oneHost())
                  : epoch.set(
                      "early_stop", (bits, shape) -> shape.hosts() == 1 ? "diff" : "weight_diff")));
    }
    ComponentCase tree =
        ComponentCase.of("HeteroSecureBoost", "tree")
            .train(Synthetic.COLUMNS)
            .encrypted()
            .set("num_trees", 1)
            .set("tree_param", SHALLOW);
    cases.addAll(both(tree));
    cases.addAll(both(ComponentCase.of("HomoFeatureBinning", "").data(Synthetic.ROWS)));
    cases.addAll(
        both(ComponentCase.of("HomoOneHotEncoder", "").data(Synthetic.ROWS_OF_CATEGORIES)));
    cases.addAll(
        both(
            ComponentCase.of("HomoLR", "epoch")
                .train(Synthetic.ROWS)
                .set("max_iter", 1)
                .set("batch_size", 320)));
    return cases;
  }
}
