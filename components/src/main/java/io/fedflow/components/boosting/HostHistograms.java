package io.fedflow.components.boosting;

import io.fedflow.components.crypto.AdditiveCipher;
import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.components.crypto.EncryptedHistogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A host's sums of encrypted derivatives by node, column and bin. Of two siblings only the smaller
 * is summed up; the other is what is left of their parent. One object for one tree; not
 * thread-safe.
 */
final class HostHistograms {

  /** How many sums are held at once, and kept for the next level: some hundred MB. */
  private static final long MOST_KEPT = 1L << 18;

  private final AdditiveCipher cipher;
  private final EncryptedHistogram histogram;
  private final List<CiphertextBatch> gradients;
  private final int[] rows;
  private final int[][] indexes;
  private final int[] widths;
  private final int width;
  private Map<Integer, List<CiphertextBatch>> kept = new HashMap<>();

  /**
   * Histograms of one tree.
   *
   * @param gradients of the rows, one batch per part
   * @param rows which rows the gradients are of
   * @param indexes shape [columns][all rows]: bins
   * @param widths bins of each column, that of missing values included
   */
  HostHistograms(
      AdditiveCipher cipher,
      List<CiphertextBatch> gradients,
      int[] rows,
      int[][] indexes,
      int[] widths) {
    this.cipher = cipher;
    this.histogram = new EncryptedHistogram(cipher);
    this.gradients = gradients;
    this.rows = rows;
    this.indexes = indexes;
    this.widths = widths;
    this.width = Arrays.stream(widths).sum();
  }

  /** Sums of a node: bins of column 0, of column 1 and so on; one batch per part. */
  List<CiphertextBatch> of(int node) {
    return kept.get(node);
  }

  /** Computes the sums of the open nodes; those of the level before are forgotten. */
  void compute(Frontier frontier) {
    Map<Integer, List<CiphertextBatch>> before = kept;
    Map<Integer, Boolean> open = new HashMap<>();
    Arrays.stream(frontier.open()).forEach(node -> open.put(node, true));
    int[] sizes = sizes(frontier);
    List<Integer> summed = new ArrayList<>();
    List<Frontier.Parent> subtracted = new ArrayList<>();
    if (frontier.latest().isEmpty()) {
      summed.addAll(open.keySet());
    }
    for (Frontier.Parent parent : frontier.latest()) {
      int smaller = sizes[parent.left()] <= sizes[parent.right()] ? parent.left() : parent.right();
      int larger = parent.left() + parent.right() - smaller;
      boolean difference = open.containsKey(larger) && before.containsKey(parent.id());
      if (open.containsKey(smaller) || difference) {
        summed.add(smaller);
      }
      if (difference) {
        subtracted.add(parent);
      } else if (open.containsKey(larger)) {
        summed.add(larger);
      }
    }
    kept = new HashMap<>();
    sum(frontier, summed);
    subtract(subtracted, before);
    kept.keySet().retainAll(open.keySet());
  }

  /** Whether the sums of so many nodes may be held at once. */
  boolean fits(int nodes) {
    return (long) nodes * width <= MOST_KEPT;
  }

  /** Computes the sums of some open nodes alone, without help from the level before. */
  void computeOnly(Frontier frontier, int[] nodes) {
    kept = new HashMap<>();
    sum(frontier, Arrays.stream(nodes).boxed().toList());
  }

  private int[] sizes(Frontier frontier) {
    int[] sizes = new int[frontier.nodes()];
    for (int row : rows) {
      sizes[frontier.nodeOf(row)]++;
    }
    return sizes;
  }

  /** One pass for all nodes: the bins of a column are repeated for each of them. */
  private void sum(Frontier frontier, List<Integer> nodes) {
    if (nodes.isEmpty()) {
      return;
    }
    int[] positions = new int[frontier.nodes()];
    Arrays.fill(positions, TreeNode.NONE);
    for (int i = 0; i < nodes.size(); i++) {
      positions[nodes.get(i)] = i;
    }
    int[][] bins = new int[indexes.length][rows.length];
    int[] counts = new int[indexes.length];
    for (int column = 0; column < bins.length; column++) {
      counts[column] = nodes.size() * widths[column];
      for (int i = 0; i < rows.length; i++) {
        int position = positions[frontier.nodeOf(rows[i])];
        bins[column][i] =
            position == TreeNode.NONE
                ? EncryptedHistogram.NO_BIN
                : position * widths[column] + indexes[column][rows[i]];
      }
    }
    for (CiphertextBatch part : gradients) {
      CiphertextBatch sums = histogram.sums(bins, counts, part);
      for (int i = 0; i < nodes.size(); i++) {
        kept.computeIfAbsent(nodes.get(i), node -> new ArrayList<>())
            .add(sums.select(positionsOf(i, nodes.size())));
      }
    }
  }

  private int[] positionsOf(int node, int nodes) {
    int[] positions = new int[width];
    int at = 0;
    int offset = 0;
    for (int columnWidth : widths) {
      for (int bin = 0; bin < columnWidth; bin++) {
        positions[at++] = offset + node * columnWidth + bin;
      }
      offset += nodes * columnWidth;
    }
    return positions;
  }

  private void subtract(List<Frontier.Parent> parents, Map<Integer, List<CiphertextBatch>> before) {
    if (parents.isEmpty()) {
      return;
    }
    List<Integer> known = new ArrayList<>();
    for (Frontier.Parent parent : parents) {
      known.add(kept.containsKey(parent.left()) ? parent.left() : parent.right());
    }
    for (int part = 0; part < gradients.size(); part++) {
      int batch = part;
      CiphertextBatch wholes =
          cipher.concat(parents.stream().map(p -> before.get(p.id()).get(batch)).toList());
      CiphertextBatch parts =
          cipher.concat(known.stream().map(node -> kept.get(node).get(batch)).toList());
      CiphertextBatch rest = cipher.remainder(wholes, parts);
      for (int i = 0; i < parents.size(); i++) {
        int sibling = parents.get(i).left() + parents.get(i).right() - known.get(i);
        kept.computeIfAbsent(sibling, node -> new ArrayList<>())
            .add(rest.slice(i * width, (i + 1) * width));
      }
    }
  }
}
