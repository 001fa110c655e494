package io.fedflow.components.crossvalidation;

import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which fold every row is measured in. Immutable by convention.
 *
 * @param count how many folds
 * @param ofRow the fold of each row, 0 to {@code count - 1}; every fold has a row
 */
public record Folds(int count, int[] ofRow) {

  /**
   * Deals rows out: blocks of the order, or of a shuffled one; the first folds get one more where
   * rows do not divide evenly.
   *
   * @param jobSeed what shuffles if the conf has no seed
   * @throws FedflowException {@code cv.splits} (INVALID) if there are fewer rows than folds
   */
  public static Folds deal(int rows, FoldSettings settings, long jobSeed) {
    settings.requireRows(rows);
    int[] order = IntStream.range(0, rows).toArray();
    if (settings.shuffle()) {
      SplittableRandom random =
          new SplittableRandom(settings.seed() == null ? jobSeed : settings.seed());
      for (int i = rows - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int kept = order[i];
        order[i] = order[j];
        order[j] = kept;
      }
    }
    int[] ofRow = new int[rows];
    int from = 0;
    for (int fold = 0; fold < settings.splits(); fold++) {
      int size = rows / settings.splits() + (fold < rows % settings.splits() ? 1 : 0);
      for (int i = from; i < from + size; i++) {
        ofRow[order[i]] = fold;
      }
      from += size;
    }
    return new Folds(settings.splits(), ofRow);
  }

  /** The message form: the fold of each row, by position. */
  public Payload encode() {
    return Payload.ofLongs(Arrays.stream(ofRow).asLongStream().toArray());
  }

  /**
   * Reads the message form.
   *
   * @param rows how many rows the receiver has
   * @throws FedflowException {@code cv.message} (PEER) if it names other rows or folds, or leaves a
   *     fold without rows
   */
  public static Folds decode(Payload payload, Party from, int rows, int count) {
    long[] folds = payload.asLongs();
    if (folds.length != rows || Arrays.stream(folds).anyMatch(f -> f < 0 || f >= count)) {
      throw FedflowException.peer(
          "cv.message",
          from + " sent folds that are not those of " + rows + " rows and " + count + " folds");
    }
    if (Arrays.stream(folds).distinct().count() != count) {
      throw FedflowException.peer("cv.message", from + " sent a fold without rows");
    }
    return new Folds(count, Arrays.stream(folds).mapToInt(f -> (int) f).toArray());
  }

  /** The rows that a fold trains on, ascending. */
  public int[] train(int fold) {
    return IntStream.range(0, ofRow.length).filter(row -> ofRow[row] != fold).toArray();
  }

  /** The rows that a fold is measured on, ascending. */
  public int[] validate(int fold) {
    return IntStream.range(0, ofRow.length).filter(row -> ofRow[row] == fold).toArray();
  }
}
