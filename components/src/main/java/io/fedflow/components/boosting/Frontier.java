package io.fedflow.components.boosting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Where rows are while a tree grows, and which nodes may still be split. Guest and hosts follow the
 * same outcomes of levels, so they number nodes alike. One object for one tree; not thread-safe.
 */
final class Frontier {

  /** A node that has been split. */
  record Parent(int id, int left) {
    int right() {
      return left + 1;
    }
  }

  private final int[] nodeOf;
  private final List<Parent> parents = new ArrayList<>();
  private int nodes = 1;
  private int[] open = {0};
  private int[] positions = {0};
  private List<Parent> latest = List.of();

  /** All rows at the root, which is open. */
  Frontier(int rows) {
    this.nodeOf = new int[rows];
  }

  /** Ids of the nodes that may be split, ascending. */
  int[] open() {
    return open;
  }

  /** Nodes so far. */
  int nodes() {
    return nodes;
  }

  /** The node of a row; not to be relied on once no node is open, but at the guest. */
  int nodeOf(int row) {
    return nodeOf[row];
  }

  /** The position of a row's node among the open ones, -1 if it is not open. */
  int position(int row) {
    return positions[nodeOf[row]];
  }

  /** Nodes that the latest level split, in order. */
  List<Parent> latest() {
    return latest;
  }

  /** All nodes that were split, in order. */
  List<Parent> parents() {
    return parents;
  }

  int rows() {
    return nodeOf.length;
  }

  /** Moves rows of nodes that are split to their children; says nothing about what is open. */
  void split(boolean[] split, BitSet left) {
    int[] children = new int[nodes];
    Arrays.fill(children, TreeNode.NONE);
    latest = new ArrayList<>();
    for (int i = 0; i < open.length; i++) {
      if (split[i]) {
        children[open[i]] = nodes;
        latest.add(new Parent(open[i], nodes));
        nodes += 2;
      }
    }
    for (int row = 0; row < nodeOf.length; row++) {
      int child = children[nodeOf[row]];
      if (child != TreeNode.NONE) {
        nodeOf[row] = child + (left.get(row) ? 0 : 1);
      }
    }
    parents.addAll(latest);
  }

  /** Says which nodes may be split next. */
  void open(int[] ids) {
    open = ids;
    positions = new int[nodes];
    Arrays.fill(positions, TreeNode.NONE);
    for (int i = 0; i < ids.length; i++) {
      positions[ids[i]] = i;
    }
  }

  /** Follows a level's outcome. */
  void follow(LevelOutcome outcome) {
    int[] before = open;
    split(outcome.split(), outcome.left());
    int[] next = new int[2 * latest.size()];
    int count = 0;
    int parent = 0;
    for (int i = 0; i < before.length; i++) {
      if (outcome.split()[i]) {
        Parent at = latest.get(parent++);
        if (outcome.leftOpen()[i]) {
          next[count++] = at.left();
        }
        if (outcome.rightOpen()[i]) {
          next[count++] = at.right();
        }
      }
    }
    open(Arrays.copyOf(next, count));
  }
}
