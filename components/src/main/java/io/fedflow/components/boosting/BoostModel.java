package io.fedflow.components.boosting;

import io.fedflow.component.Params;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one party keeps of a training, and its stored form. Immutable.
 *
 * @param header the party's feature columns, in order
 * @param anonymous their anonymous names, as many
 * @param trees of all rounds, as this party knows them
 * @param dimensions trees of a round
 * @param classes the labels of a classification in order, as texts; empty for a regression
 * @param initial what scores start at, per dimension; empty at a host
 * @param losses after every round, at the guest
 * @param importances of columns, at the guest
 * @param bestIteration which round validation chose, counted from 0; -1 if none did
 * @param plan whose turn each round was, at the guest; empty for strategy std
 */
record BoostModel(
    List<String> header,
    List<String> anonymous,
    List<Tree> trees,
    int dimensions,
    List<String> classes,
    List<Double> initial,
    List<Double> losses,
    List<Importance> importances,
    int bestIteration,
    List<String> plan) {

  private static final Map<String, String> NAMES =
      Map.of(
          BoostParameters.STANDARD, "hetero_sbt",
          BoostParameters.MIX, "hetero_fast_sbt_mix",
          BoostParameters.LAYERED, "hetero_fast_sbt_layered");

  static final String MODULE = "HeteroSecureBoost";
  static final int NO_BEST_ITERATION = -1;

  private static final Map<Role, String> FILES =
      Map.of(
          Role.GUEST, "HeteroSecureBoostingTreeGuest",
          Role.HOST, "HeteroSecureBoostingTreeHost");

  BoostModel {
    header = List.copyOf(header);
    anonymous = List.copyOf(anonymous);
    trees = List.copyOf(trees);
    classes = List.copyOf(classes);
    initial = List.copyOf(initial);
    losses = List.copyOf(losses);
    importances = List.copyOf(importances);
    plan = List.copyOf(plan);
  }

  /**
   * Reads a stored model.
   *
   * @throws FedflowException {@code boost.tree} (INVALID) if it holds no trees that can be walked
   */
  static BoostModel of(ComponentModel stored) {
    ModelMessage param = stored.param();
    Map<Integer, String> names = param.intMap("feature_name_fid_mapping");
    List<String> header = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      header.add(names.getOrDefault(column, ""));
    }
    Map<String, String> byName = new LinkedHashMap<>();
    param.<String>map("anonymous_name_mapping").forEach((hidden, name) -> byName.put(name, hidden));
    List<ModelMessage> trees = param.list("trees_");
    List<ModelMessage> importances = param.list("feature_importances");
    BoostModel model =
        new BoostModel(
            header,
            header.stream().map(name -> byName.getOrDefault(name, "")).toList(),
            trees.stream().map(TreeCodec::read).toList(),
            Math.max(1, (int) param.number("tree_dim")),
            param.list("classes_"),
            param.list("init_score"),
            param.list("losses"),
            importances.stream().map(Importance::of).toList(),
            (int) param.number("best_iteration"),
            param.list("tree_plan"));
    model.requireColumns();
    return model;
  }

  /** What a host keeps: no weight, score or loss. */
  static BoostModel ofHost(
      List<String> header, List<String> anonymous, List<Tree> trees, int dimensions, int best) {
    List<Double> none = List.of();
    return new BoostModel(
        header, anonymous, trees, dimensions, List.of(), none, none, List.of(), best, List.of());
  }

  private void requireColumns() {
    for (Tree tree : trees) {
      for (TreeNode node : tree.nodes()) {
        if (node.split() != null
            && (node.split().column() < 0 || node.split().column() >= header.size())) {
          throw FedflowException.invalid(
              "boost.tree",
              "node "
                  + node.id()
                  + " of a tree: found column "
                  + node.split().column()
                  + ", allowed are 0.."
                  + (header.size() - 1));
        }
      }
    }
    if (trees.size() % dimensions != 0) {
      throw FedflowException.invalid(
          "boost.tree", "found " + trees.size() + " trees, allowed is a multiple of " + dimensions);
    }
  }

  /** How many rounds it has. */
  int rounds() {
    return trees.size() / dimensions;
  }

  /** The trees of the rounds from {@code from} on. */
  List<Tree> since(int from) {
    return trees.subList(from * dimensions, trees.size());
  }

  /** The stored form at a party. */
  ComponentModel toStored(String component, Party self, Params params) {
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    String file = FILES.get(self.role());
    messages.put(file + "Meta", BoostMeta.of(params));
    messages.put(file + "Param", param(params));
    return new ComponentModel(component, MODULE, "model", messages);
  }

  private ModelMessage param(Params params) {
    String type = params.object("tree_param").text("feature_importance_type");
    Map<Integer, String> names = new LinkedHashMap<>();
    Map<String, String> hidden = new LinkedHashMap<>();
    for (int column = 0; column < header.size(); column++) {
      names.put(column, header.get(column));
      hidden.put(anonymous.get(column), header.get(column));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("tree_num", trees.size());
    values.put("trees_", trees.stream().map(TreeCodec::write).toList());
    values.put("init_score", initial);
    values.put("losses", losses);
    values.put("tree_dim", dimensions);
    values.put("num_classes", classes.size());
    values.put("classes_", classes);
    values.put(
        "feature_importances",
        Importance.sorted(importances, type).stream()
            .map(one -> one.toMessage(type))
            .collect(Collectors.toList()));
    values.put("feature_name_fid_mapping", names);
    values.put("best_iteration", bestIteration);
    values.put("tree_plan", plan);
    values.put("model_name", NAMES.get(BoostSettings.strategy(params)));
    values.put("anonymous_name_mapping", hidden);
    return new ModelMessage(BoostSchema.PARAM, values);
  }
}
