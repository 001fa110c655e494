package io.fedflow.components.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Cuts rows into batches and hides them among others. Immutable; the randomness is the caller's.
 *
 * @param rows how many rows there are
 * @param size rows of a batch, 1..rows
 * @param shuffle whether rows are dealt out anew for each iteration
 * @param sampled whether an iteration is one random sample instead of all rows
 * @param maskedSize rows that a batch shows to hosts, size..rows; equal to {@code size} if nothing
 *     is hidden
 */
public record Batches(int rows, int size, boolean shuffle, boolean sampled, int maskedSize) {

  /**
   * One batch.
   *
   * @param shown positions that hosts compute on, ascending where rows are hidden among them
   * @param real positions of the batch inside {@code shown}, ascending
   */
  public record Batch(int[] shown, int[] real) {

    /** The positions of the rows that count. */
    public int[] rows() {
      int[] rows = new int[real.length];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = shown[real[i]];
      }
      return rows;
    }
  }

  /**
   * Batches as confs describe them.
   *
   * @param batchSize -1 for all rows
   * @param maskedRate how many more rows than real ones hosts see; 0 to hide nothing
   */
  public static Batches of(
      int rows, int batchSize, boolean shuffle, boolean sampled, double maskedRate) {
    if (batchSize < 0 || batchSize >= rows) {
      // One batch of all rows has nothing to hide or to shuffle.
      return new Batches(rows, rows, false, false, rows);
    }
    long wanted = Math.round((1 + maskedRate) * batchSize);
    return new Batches(rows, batchSize, shuffle, sampled, (int) Math.min(rows, wanted));
  }

  /** Whether one batch holds all rows. */
  public boolean full() {
    return size == rows;
  }

  /** Whether batches are hidden among other rows. */
  public boolean masked() {
    return maskedSize > size;
  }

  /** Whether every iteration has batches of its own. */
  public boolean changing() {
    return shuffle || sampled || masked();
  }

  /** Batches of one iteration. */
  public int count() {
    return sampled ? 1 : (rows + size - 1) / size;
  }

  /** How many rows of a batch count. */
  public int sizeOf(int batch) {
    return sampled ? size : Math.min(size, rows - batch * size);
  }

  /** How many rows of a batch hosts see. */
  public int shownOf(int batch) {
    return masked() ? maskedSize : sizeOf(batch);
  }

  /**
   * The batches of one iteration.
   *
   * @param random deals out rows; must be a secret of the caller if {@link #masked()}
   */
  public List<Batch> draw(RandomGenerator random) {
    int[] order = new int[rows];
    Arrays.setAll(order, i -> i);
    if (shuffle || sampled) {
      shuffle(order, order.length, random);
    }
    List<Batch> batches = new ArrayList<>();
    for (int batch = 0; batch < count(); batch++) {
      int from = batch * size;
      batches.add(hide(order, from, from + sizeOf(batch), random));
    }
    return batches;
  }

  private Batch hide(int[] order, int from, int to, RandomGenerator random) {
    boolean[] real = new boolean[rows];
    int[] shown = new int[masked() ? maskedSize : to - from];
    System.arraycopy(order, from, shown, 0, to - from);
    for (int i = from; i < to; i++) {
      real[order[i]] = true;
    }
    if (masked()) {
      int[] others = Arrays.stream(order).filter(row -> !real[row]).toArray();
      shuffle(others, shown.length - (to - from), random);
      System.arraycopy(others, 0, shown, to - from, shown.length - (to - from));
    }
    // In ascending order a position does not tell which rows are real.
    Arrays.sort(shown);
    int[] positions = new int[to - from];
    int found = 0;
    for (int i = 0; i < shown.length; i++) {
      if (real[shown[i]]) {
        positions[found++] = i;
      }
    }
    return new Batch(shown, positions);
  }

  /** Puts a random choice of {@code count} elements in front. */
  private static void shuffle(int[] values, int count, RandomGenerator random) {
    for (int i = 0; i < Math.min(count, values.length - 1); i++) {
      int j = i + random.nextInt(values.length - i);
      int kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }
}
