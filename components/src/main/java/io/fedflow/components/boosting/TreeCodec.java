package io.fedflow.components.boosting;

import io.fedflow.model.ModelMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trees as stored messages, and back. Stateless. */
final class TreeCodec {

  private static final int LEFT = -1;
  private static final int RIGHT = 1;
  private static final int UNKNOWN = -1;

  private TreeCodec() {}

  static ModelMessage write(Tree tree) {
    List<ModelMessage> nodes = new ArrayList<>();
    Map<Integer, Double> thresholds = new LinkedHashMap<>();
    Map<Integer, Integer> directions = new LinkedHashMap<>();
    Map<Integer, Integer> leaves = new LinkedHashMap<>();
    for (TreeNode node : tree.nodes()) {
      nodes.add(write(node));
      if (node.split() != null) {
        thresholds.put(node.id(), node.split().threshold());
        directions.put(node.id(), direction(node.split()));
      }
      if (node.leaf() && node.rows() > 0) {
        leaves.put(node.id(), node.rows());
      }
    }
    return new ModelMessage(
        BoostSchema.TREE,
        Map.of(
            "tree_", nodes,
            "split_maskdict", thresholds,
            "missing_dir_maskdict", directions,
            "leaf_count", leaves));
  }

  private static ModelMessage write(TreeNode node) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("id", node.id());
    values.put("sitename", node.site());
    values.put("fid", node.split() == null ? UNKNOWN : node.split().column());
    if (node.split() == null) {
      values.put("bid", (double) UNKNOWN);
    }
    values.put("weight", node.weight());
    values.put("is_leaf", node.leaf());
    values.put("left_nodeid", node.left());
    values.put("right_nodeid", node.right());
    values.put("missing_dir", node.split() == null ? RIGHT : direction(node.split()));
    return new ModelMessage(BoostSchema.NODE, values);
  }

  static Tree read(ModelMessage message) {
    Map<Integer, Double> thresholds = message.intMap("split_maskdict");
    Map<Integer, Integer> directions = message.intMap("missing_dir_maskdict");
    Map<Integer, Integer> leaves = message.intMap("leaf_count");
    List<ModelMessage> stored = message.list("tree_");
    List<TreeNode> nodes = new ArrayList<>();
    for (ModelMessage node : stored) {
      int id = (int) node.number("id");
      boolean leaf = node.bool("is_leaf");
      TreeNode.Split split =
          leaf || !thresholds.containsKey(id)
              ? null
              : new TreeNode.Split(
                  (int) node.number("fid"),
                  thresholds.get(id),
                  directions.getOrDefault(id, RIGHT) == LEFT);
      nodes.add(
          new TreeNode(
              id,
              node.text("sitename"),
              split,
              node.number("weight"),
              leaf ? TreeNode.NONE : (int) node.number("left_nodeid"),
              leaf ? TreeNode.NONE : (int) node.number("right_nodeid"),
              leaves.getOrDefault(id, 0)));
    }
    return new Tree(nodes);
  }

  private static int direction(TreeNode.Split split) {
    return split.missingLeft() ? LEFT : RIGHT;
  }
}
