package io.fedflow.components.boosting;

import io.fedflow.component.TaskContext;
import io.fedflow.components.boosting.FeatureBins.Features;
import java.util.Arrays;
import java.util.List;

/**
 * Scores of rows, which grow tree by tree: in the same order at training and at prediction, so that
 * both give the same to the bit. Not thread-safe.
 */
final class Scoring {

  private final double learningRate;
  private final double[][] scores;

  /**
   * Scores without a tree.
   *
   * @param initial what they start at, per dimension
   */
  Scoring(double learningRate, double[] initial, int rows) {
    this.learningRate = learningRate;
    this.scores = new double[initial.length][rows];
    for (int dimension = 0; dimension < initial.length; dimension++) {
      Arrays.fill(scores[dimension], initial[dimension]);
    }
  }

  /** The scores, shape [dimensions][rows]; change with the next tree. */
  double[][] scores() {
    return scores;
  }

  /** Adds a tree's weights. */
  void add(Tree tree, int dimension, int[] leafOf) {
    for (int row = 0; row < leafOf.length; row++) {
      add(tree, dimension, row, leafOf[row]);
    }
  }

  /**
   * Adds trees by walking rows through them.
   *
   * @param first the number of the first of these trees
   * @param scope of the walk
   */
  void walk(TaskContext context, List<Tree> trees, int first, Features features, int scope)
      throws InterruptedException {
    new GuestWalk(context, trees, first, features, scope)
        .run(
            scores[0].length,
            (row, leaves) -> {
              for (int tree = 0; tree < leaves.length; tree++) {
                add(trees.get(tree), (first + tree) % scores.length, row, leaves[tree]);
              }
            });
  }

  static double[][] copy(double[][] scores) {
    return Arrays.stream(scores).map(double[]::clone).toArray(double[][]::new);
  }

  private void add(Tree tree, int dimension, int row, int leaf) {
    scores[dimension][row] += learningRate * tree.nodes().get(leaf).weight();
  }
}
