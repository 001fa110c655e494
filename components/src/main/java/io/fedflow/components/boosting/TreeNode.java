package io.fedflow.components.boosting;

/**
 * A node of a tree as one party knows it: what splits a node of another party is not known, and
 * weights of leaves only at the guest. Immutable.
 *
 * @param id nodes are numbered level by level, the root 0
 * @param site the party whose column splits the node, {@code host:10000}; the guest's for a leaf
 * @param split what splits it; null for a leaf, and for a node of another party
 * @param weight of a leaf; 0 elsewhere
 * @param left the child of rows that the split sends left; {@link #NONE} for a leaf
 * @param right the other child; {@link #NONE} for a leaf
 * @param rows of a leaf at training, at the guest; 0 elsewhere
 */
record TreeNode(int id, String site, Split split, double weight, int left, int right, int rows) {

  static final int NONE = -1;

  /**
   * A split of an own column.
   *
   * @param column position of the column
   * @param threshold values up to it go left
   * @param missingLeft whether missing values go left
   */
  record Split(int column, double threshold, boolean missingLeft) {}

  static TreeNode leaf(int id, String site, double weight, int rows) {
    return new TreeNode(id, site, null, weight, NONE, NONE, rows);
  }

  boolean leaf() {
    return left == NONE;
  }
}
