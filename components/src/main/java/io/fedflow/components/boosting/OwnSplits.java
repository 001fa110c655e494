package io.fedflow.components.boosting;

import io.fedflow.component.TaskContext;
import io.fedflow.components.boosting.FeatureBins.Candidate;
import io.fedflow.components.task.Parallel;
import java.util.List;

/** The guest's search among its own columns, in the clear. Immutable. */
final class OwnSplits {

  private final TaskContext context;
  private final FeatureBins bins;
  private final SplitRule rule;

  OwnSplits(TaskContext context, FeatureBins bins, SplitRule rule) {
    this.context = context;
    this.bins = bins;
    this.rule = rule;
  }

  /**
   * A split of a node.
   *
   * @param candidate what splits it
   * @param gain what that is worth
   */
  record Best(Candidate candidate, double gain) {}

  /**
   * The best split of every open node.
   *
   * @param rows which rows the gradients are of
   * @param nodes sums of the open nodes
   * @param columns which columns may split
   * @return null for a node without one
   */
  Best[] find(Frontier frontier, int[] rows, Gradients gradients, NodeSums[] nodes, int[] columns)
      throws InterruptedException {
    int[] positions = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      positions[i] = frontier.position(rows[i]);
    }
    List<Best[]> ofColumns =
        Parallel.map(
            context, columns.length, i -> ofColumn(columns[i], positions, rows, gradients, nodes));
    Best[] best = new Best[nodes.length];
    for (Best[] found : ofColumns) {
      for (int node = 0; node < best.length; node++) {
        if (found[node] != null
            && (best[node] == null || found[node].gain > best[node].gain + SplitRule.TIE)) {
          best[node] = found[node];
        }
      }
    }
    return best;
  }

  private Best[] ofColumn(
      int column, int[] positions, int[] rows, Gradients gradients, NodeSums[] nodes) {
    int width = bins.width(column);
    long[] g = new long[nodes.length * width];
    long[] h = new long[nodes.length * width];
    long[] counts = new long[nodes.length * width];
    int[] indexes = bins.indexes()[column];
    for (int i = 0; i < rows.length; i++) {
      if (positions[i] >= 0) {
        int at = positions[i] * width + indexes[rows[i]];
        g[at] += gradients.g()[i];
        h[at] += gradients.h()[i];
        counts[at]++;
      }
    }
    Best[] best = new Best[nodes.length];
    for (int node = 0; node < nodes.length; node++) {
      best[node] = ofNode(column, node * width, g, h, counts, nodes[node]);
    }
    return best;
  }

  private Best ofNode(int column, int from, long[] g, long[] h, long[] counts, NodeSums node) {
    int present = bins.bins().get(column).count();
    int missing = from + present;
    Best best = null;
    NodeSums left = new NodeSums(0, 0, 0, node.scales());
    for (int bin = 0; bin < present - 1; bin++) {
      left = plus(left, g[from + bin], h[from + bin], counts[from + bin]);
      best = better(best, new Candidate(column, bin, false), node, left);
      if (bins.missing()[column]) {
        NodeSums with = plus(left, g[missing], h[missing], counts[missing]);
        best = better(best, new Candidate(column, bin, true), node, with);
      }
    }
    return best;
  }

  private Best better(Best best, Candidate candidate, NodeSums node, NodeSums left) {
    double gain = rule.gain(node, left);
    return gain != SplitRule.NONE && (best == null || gain > best.gain + SplitRule.TIE)
        ? new Best(candidate, gain)
        : best;
  }

  private static NodeSums plus(NodeSums sums, long g, long h, long rows) {
    return new NodeSums(sums.g() + g, sums.h() + h, sums.rows() + rows, sums.scales());
  }
}
