package io.fedflow.components.boosting;

import io.fedflow.components.boosting.FeatureBins.Features;
import io.fedflow.failure.FedflowException;
import java.util.List;

/** A tree: nodes by id, the root first. Immutable. */
record Tree(List<TreeNode> nodes) {

  /**
   * Copies the list.
   *
   * @throws FedflowException {@code boost.tree} (INVALID) if ids or children are not those of a
   *     tree
   */
  Tree {
    nodes = List.copyOf(nodes);
    for (int id = 0; id < nodes.size(); id++) {
      TreeNode node = nodes.get(id);
      boolean inner =
          node.left() > id && node.left() < nodes.size() && node.right() == node.left() + 1;
      if (node.id() != id || !node.leaf() && (!inner || node.right() >= nodes.size())) {
        throw FedflowException.invalid(
            "boost.tree", "node " + id + " of a tree: found children that a tree cannot have");
      }
    }
    if (nodes.isEmpty()) {
      throw FedflowException.invalid("boost.tree", "found a tree without nodes");
    }
  }

  /** Goes on from a node through a party's own splits, to a leaf or another party's node. */
  int walk(int from, String site, Features features, int row) {
    TreeNode node = nodes.get(from);
    while (!node.leaf() && node.site().equals(site)) {
      TreeNode.Split split = node.split();
      boolean left = features.left(row, split.column(), split.threshold(), split.missingLeft());
      node = nodes.get(left ? node.left() : node.right());
    }
    return node.id();
  }
}
