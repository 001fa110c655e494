package io.fedflow.components.unlabeled;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Which unlabeled rows become positive. Label 0 means unlabeled. */
enum Strategy {
  /** Those whose score is at least the threshold. */
  PROBABILITY,
  /** As many of the highest scores as the threshold says. */
  QUANTITY,
  /** Those among the share of all rows with the highest scores that the threshold says. */
  PROPORTION,
  /** Those among the threshold times the share of unlabeled rows, as a number of rows. */
  DISTRIBUTION;

  /** As confs name them. */
  static final List<String> NAMES =
      Arrays.stream(values()).map(each -> each.name().toLowerCase(Locale.ROOT)).toList();

  /** The strategy of a name that {@link #NAMES} holds. */
  static Strategy of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /**
   * Which rows change.
   *
   * @param labels 0 for unlabeled
   * @param scores one per row
   * @return one per row
   */
  boolean[] convert(double[] labels, double[] scores, double threshold) {
    boolean[] converted = new boolean[labels.length];
    if (this == PROBABILITY) {
      for (int row = 0; row < labels.length; row++) {
        converted[row] = labels[row] == 0 && scores[row] >= threshold;
      }
      return converted;
    }
    long unlabeled = Arrays.stream(labels).filter(label -> label == 0).count();
    double most =
        switch (this) {
          case PROPORTION -> labels.length * threshold;
          case DISTRIBUTION -> (double) unlabeled / labels.length * threshold;
          default -> threshold;
        };
    // A stable sort: rows of equal scores stay in their order.
    int[] ranked =
        IntStream.range(0, labels.length)
            .boxed()
            .sorted((a, b) -> Double.compare(scores[b], scores[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    int left = (int) Math.min(most, labels.length);
    for (int row : ranked) {
      if (left == 0) {
        break;
      }
      converted[row] = labels[row] == 0;
      // A quantity is of converted rows, the others are of ranks.
      left -= this == QUANTITY && !converted[row] ? 0 : 1;
    }
    return converted;
  }
}
