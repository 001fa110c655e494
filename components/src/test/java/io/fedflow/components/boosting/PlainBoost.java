package io.fedflow.components.boosting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Boosted trees on one machine, in floating point and without cleverness: what the federated
 * training must come to. Its formulas are written anew.
 */
final class PlainBoost {

  /** Whether a column may split a level of the trees of a round. */
  interface Turns {
    boolean maySplit(int round, int level, int column);
  }

  private static final double TIE = 1e-8;

  /** A node; a leaf has no column. */
  static final class Node {
    int column = -1;
    double threshold;
    boolean missingLeft;
    Node left;
    Node right;
    double weight;
    int id;
  }

  String objective = "cross_entropy";
  double parameter;
  int dimensions = 1;
  int rounds = 3;
  int depth = 3;
  double rate = 0.3;
  double lambda = 0.1;
  double alpha;
  int bins = 9;
  int leastRowsOfLeaf = 1;
  int leastRowsToSplit = 2;
  double leastGain = 1e-3;
  double leastWeightOfChild;
  boolean zeroAsMissing;
  double[] weights;
  Turns turns = (round, level, column) -> true;

  final List<Node> trees = new ArrayList<>();
  final List<Double> losses = new ArrayList<>();
  double[][] scores;
  private final double[][] columns;
  private final int guestColumns;
  private final double[] targets;
  private double[][] cuts;

  /**
   * A training that has not begun.
   *
   * @param columns shape [columns][rows]; the guest's first
   * @param guestColumns how many are the guest's
   */
  PlainBoost(double[][] columns, int guestColumns, double[] targets) {
    this.columns = columns;
    this.guestColumns = guestColumns;
    this.targets = targets;
  }

  PlainBoost run() {
    int rows = targets.length;
    cuts = Arrays.stream(columns).map(this::cut).toArray(double[][]::new);
    scores = new double[dimensions][rows];
    double start =
        switch (objective) {
          case "cross_entropy", "tweedie" -> 0;
          case "lae" -> median();
          default -> Arrays.stream(targets).average().orElseThrow();
        };
    Arrays.fill(scores[0], start);
    for (int round = 0; round < rounds; round++) {
      double[][] g = new double[dimensions][rows];
      double[][] h = new double[dimensions][rows];
      for (int row = 0; row < rows; row++) {
        derive(row, g, h);
      }
      for (int d = 0; d < dimensions; d++) {
        int[] all = IntStream.range(0, rows).toArray();
        Node root = grow(all, g[d], h[d], 0, round);
        trees.add(root);
        for (int row = 0; row < rows; row++) {
          scores[d][row] += rate * leaf(root, row).weight;
        }
      }
      losses.add(loss());
    }
    return this;
  }

  /** Nodes in the order of their numbers: level by level, children of earlier nodes first. */
  static List<Node> numbered(Node root) {
    List<Node> nodes = new ArrayList<>(List.of(root));
    for (int i = 0; i < nodes.size(); i++) {
      nodes.get(i).id = i;
      if (nodes.get(i).column >= 0) {
        nodes.add(nodes.get(i).left);
        nodes.add(nodes.get(i).right);
      }
    }
    return nodes;
  }

  private Node leaf(Node node, int row) {
    while (node.column >= 0) {
      node = left(node, row) ? node.left : node.right;
    }
    return node;
  }

  private boolean left(Node node, int row) {
    double value = columns[node.column][row];
    return missing(value) ? node.missingLeft : value <= node.threshold + TIE;
  }

  private boolean missing(double value) {
    return Double.isNaN(value) || zeroAsMissing && Math.abs(value) < TIE;
  }

  private Node grow(int[] rows, double[] g, double[] h, int level, int round) {
    Node node = new Node();
    double sumG = sum(rows, g);
    double sumH = sum(rows, h);
    node.weight = -soft(sumG) / (sumH + lambda);
    if (level == depth || rows.length < leastRowsToSplit) {
      return node;
    }
    double bestOwn = Double.NEGATIVE_INFINITY;
    double bestHosts = Double.NEGATIVE_INFINITY;
    double[] key = null;
    Node own = null;
    Node ofHosts = null;
    for (int column = 0; column < columns.length; column++) {
      if (!turns.maySplit(round, level, column)) {
        continue;
      }
      for (int bin = 0; bin < cuts[column].length - 1; bin++) {
        for (boolean missingLeft : new boolean[] {false, true}) {
          Node split = new Node();
          split.column = column;
          split.threshold = cuts[column][bin];
          split.missingLeft = missingLeft;
          double leftG = 0;
          double leftH = 0;
          int count = 0;
          boolean anyMissing = false;
          for (int row : rows) {
            anyMissing |= missing(columns[column][row]);
            if (left(split, row)) {
              leftG += g[row];
              leftH += h[row];
              count++;
            }
          }
          if (missingLeft && !anyMissing
              || count < leastRowsOfLeaf
              || rows.length - count < leastRowsOfLeaf
              || leftH < leastWeightOfChild
              || sumH - leftH < leastWeightOfChild) {
            continue;
          }
          double gain = score(leftG, leftH) + score(sumG - leftG, sumH - leftH) - score(sumG, sumH);
          if (gain <= leastGain) {
            continue;
          }
          if (column < guestColumns) {
            if (gain > bestOwn + TIE) {
              bestOwn = gain;
              own = split;
            }
          } else {
            double[] candidate = {count, leftG, leftH};
            if (gain > bestHosts + TIE || gain > bestHosts - TIE && less(candidate, key)) {
              bestHosts = gain;
              ofHosts = split;
              key = candidate;
            }
          }
        }
      }
    }
    Node best = own != null && bestOwn >= bestHosts - TIE ? own : ofHosts;
    if (best == null) {
      return node;
    }
    best.left = grow(filter(rows, best, true), g, h, level + 1, round);
    best.right = grow(filter(rows, best, false), g, h, level + 1, round);
    return best;
  }

  private static boolean less(double[] one, double[] other) {
    for (int i = 0; i < one.length; i++) {
      if (Math.abs(one[i] - other[i]) > 1e-6) {
        return one[i] < other[i];
      }
    }
    return false;
  }

  private int[] filter(int[] rows, Node split, boolean left) {
    return Arrays.stream(rows).filter(row -> left(split, row) == left).toArray();
  }

  private double[] cut(double[] column) {
    double[] sorted = Arrays.stream(column).filter(v -> !missing(v)).sorted().toArray();
    double[] found = new double[bins];
    for (int i = 1; i <= bins; i++) {
      int rank = i == bins ? sorted.length : (int) Math.ceil(i * (1.0 / bins) * sorted.length);
      found[i - 1] = sorted[Math.max(rank, 1) - 1];
    }
    return Arrays.stream(found).distinct().toArray();
  }

  private static double sum(int[] rows, double[] values) {
    return Arrays.stream(rows).mapToDouble(row -> values[row]).sum();
  }

  private double soft(double g) {
    return g > alpha ? g - alpha : g < -alpha ? g + alpha : 0;
  }

  private double score(double g, double h) {
    return soft(g) * soft(g) / (h + lambda);
  }

  private void derive(int row, double[][] g, double[][] h) {
    double y = targets[row];
    double f = scores[0][row];
    double d = f - y;
    double w = weights == null ? 1 : weights[row];
    for (int c = 0; c < dimensions; c++) {
      double[] gh =
          switch (objective) {
            case "cross_entropy" -> {
              double p = probability(row, c);
              yield new double[] {p - (dimensions == 1 ? y : y == c ? 1 : 0), p * (1 - p)};
            }
            case "lse" -> new double[] {2 * d, 2};
            case "lae" -> new double[] {Math.abs(d) <= TIE ? 0 : d > 0 ? 1 : -1, 1};
            case "huber" -> {
              double s = 1 + (d / parameter) * (d / parameter);
              yield new double[] {d / Math.sqrt(s), Math.pow(s, -1.5)};
            }
            case "fair" -> {
              double s = Math.abs(d) + parameter;
              yield new double[] {parameter * d / s, Math.pow(parameter / s, 2)};
            }
            case "log_cosh" -> new double[] {Math.tanh(d), 1 - Math.pow(Math.tanh(d), 2)};
            case "tweedie" -> {
              double low = y * Math.exp((1 - parameter) * f);
              double high = Math.exp((2 - parameter) * f);
              yield new double[] {-low + high, -low * (1 - parameter) + (2 - parameter) * high};
            }
            default -> throw new AssertionError(objective);
          };
      g[c][row] = w * gh[0];
      h[c][row] = w * gh[1];
    }
  }

  double probability(int row, int c) {
    if (dimensions == 1) {
      return 1 / (1 + Math.exp(-scores[0][row]));
    }
    double all = 0;
    for (double[] score : scores) {
      all += Math.exp(score[row]);
    }
    return Math.exp(scores[c][row]) / all;
  }

  private double loss() {
    double sum = 0;
    double all = 0;
    for (int row = 0; row < targets.length; row++) {
      double y = targets[row];
      double d = scores[0][row] - y;
      double w = weights == null ? 1 : weights[row];
      double rho = parameter;
      double loss =
          switch (objective) {
            case "cross_entropy" ->
                dimensions > 1
                    ? -Math.log(probability(row, (int) y))
                    : -(y * Math.log(probability(row, 0))
                        + (1 - y) * Math.log(1 - probability(row, 0)));
            case "lse" -> d * d;
            case "lae" -> Math.abs(d);
            case "huber" -> rho * rho * (Math.sqrt(1 + d * d / rho / rho) - 1);
            case "fair" -> rho * Math.abs(d) - rho * rho * Math.log(Math.abs(d) / rho + 1);
            case "log_cosh" -> Math.log(Math.cosh(d));
            case "tweedie" -> {
              double p = Math.exp(scores[0][row]);
              yield -y * Math.pow(p, 1 - rho) / (1 - rho) + Math.pow(p, 2 - rho) / (2 - rho);
            }
            default -> throw new AssertionError(objective);
          };
      sum += w * loss;
      all += w;
    }
    return sum / all;
  }

  private double median() {
    double[] sorted = targets.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
