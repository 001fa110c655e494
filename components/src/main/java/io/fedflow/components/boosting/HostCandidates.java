package io.fedflow.components.boosting;

import io.fedflow.components.boosting.FeatureBins.Candidate;
import io.fedflow.components.crypto.AdditiveCipher;
import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.components.crypto.EncryptedHistogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A host's candidates for splits of one tree: what each would send left, under encryption and as
 * counts. Candidates are positions in {@link FeatureBins#candidates}. Immutable.
 */
final class HostCandidates {

  private final FeatureBins bins;
  private final int[] columns;
  private final List<Candidate> candidates;
  private final int[] sources;
  private final int[] segments;
  private final int[] places;

  /**
   * The candidates of some columns.
   *
   * @param chosen positions of columns; those without a candidate are left out
   */
  HostCandidates(FeatureBins bins, int[] chosen) {
    this.bins = bins;
    this.columns =
        Arrays.stream(chosen).filter(column -> bins.bins().get(column).count() > 1).toArray();
    this.candidates = bins.candidates(columns);
    List<Integer> order = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    List<Integer> at = new ArrayList<>();
    int offset = 0;
    for (int column : columns) {
      int present = bins.bins().get(column).count();
      int plain = order.size();
      for (int bin = 0; bin < present; bin++) {
        order.add(offset + bin);
      }
      sizes.add(present);
      int missingFirst = order.size();
      if (bins.missing()[column]) {
        // Missing values on the left: as if their bin came before all others.
        order.add(offset + present);
        for (int bin = 0; bin < present; bin++) {
          order.add(offset + bin);
        }
        sizes.add(present + 1);
      }
      for (int bin = 0; bin < present - 1; bin++) {
        at.add(plain + bin);
        if (bins.missing()[column]) {
          at.add(missingFirst + 1 + bin);
        }
      }
      offset += bins.width(column);
    }
    this.sources = toArray(order);
    this.segments = toArray(sizes);
    this.places = toArray(at);
  }

  /** Columns with a candidate. */
  int[] columns() {
    return columns;
  }

  /** How many candidates a node has. */
  int count() {
    return candidates.size();
  }

  Candidate get(int candidate) {
    return candidates.get(candidate);
  }

  /**
   * Sums of what the candidates of several nodes would send left.
   *
   * @param nodes sums of each node's bins, as {@link HostHistograms} has them
   * @param orders per node, its candidates in the order that is told
   */
  CiphertextBatch leftSums(AdditiveCipher cipher, List<CiphertextBatch> nodes, List<int[]> orders) {
    int width = Arrays.stream(columns).map(bins::width).sum();
    int[] all = new int[nodes.size() * sources.length];
    int[] sizes = new int[nodes.size() * segments.length];
    int[] told = new int[nodes.size() * places.length];
    for (int node = 0; node < nodes.size(); node++) {
      for (int i = 0; i < sources.length; i++) {
        all[node * sources.length + i] = node * width + sources[i];
      }
      System.arraycopy(segments, 0, sizes, node * segments.length, segments.length);
      for (int i = 0; i < places.length; i++) {
        told[node * places.length + i] = node * sources.length + places[orders.get(node)[i]];
      }
    }
    CiphertextBatch running =
        new EncryptedHistogram(cipher).cumulative(cipher.concat(nodes).select(all), sizes);
    return running.select(told);
  }

  /**
   * How many rows each candidate would send left.
   *
   * @param position of a row's node among {@code nodes} nodes; -1 for none
   * @return shape [nodes][candidates]
   */
  long[][] leftCounts(int[] rows, int[] position, int nodes) {
    long[][] counts = new long[nodes][candidates.size()];
    int first = 0;
    for (int column : columns) {
      int width = bins.width(column);
      int present = bins.bins().get(column).count();
      long[] sums = new long[nodes * width];
      for (int i = 0; i < rows.length; i++) {
        if (position[i] >= 0) {
          sums[position[i] * width + bins.indexes()[column][rows[i]]]++;
        }
      }
      int kinds = bins.missing()[column] ? 2 : 1;
      for (int node = 0; node < nodes; node++) {
        long running = 0;
        for (int bin = 0; bin < present - 1; bin++) {
          running += sums[node * width + bin];
          counts[node][first + bin * kinds] = running;
          if (kinds == 2) {
            counts[node][first + bin * kinds + 1] = running + sums[node * width + present];
          }
        }
      }
      first += (present - 1) * kinds;
    }
    return counts;
  }

  /**
   * The first candidate that divides the rows of a node as the chosen one does, so that the choice
   * among equal ones does not depend on the order that was told.
   */
  int first(int chosen, BitSet nodeRows) {
    Candidate wanted = candidates.get(chosen);
    for (int candidate = 0; candidate < chosen; candidate++) {
      if (alike(candidates.get(candidate), wanted, nodeRows)) {
        return candidate;
      }
    }
    return chosen;
  }

  private boolean alike(Candidate one, Candidate other, BitSet rows) {
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      if (left(one, row) != left(other, row)) {
        return false;
      }
    }
    return true;
  }

  private boolean left(Candidate split, int row) {
    int index = bins.indexes()[split.column()][row];
    return index == bins.bins().get(split.column()).count()
        ? split.missingLeft()
        : index <= split.bin();
  }

  private static int[] toArray(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
