package io.fedflow.components.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Which rows are in which part.
 *
 * @param train positions of rows, ascending
 * @param validate positions of rows, ascending
 * @param test positions of rows, ascending
 */
record SplitDraw(int[] train, int[] validate, int[] test) {

  /**
   * Draws.
   *
   * @param sizes how many rows each part gets
   * @param strata a class per row, of which each part gets its share; all the same for no strata
   * @param shuffle whether rows are drawn by the seed, or cut in their order
   */
  static SplitDraw of(SplitSizes sizes, int[] strata, boolean shuffle, long seed) {
    TreeMap<Integer, List<Integer>> byClass = new TreeMap<>();
    for (int row = 0; row < strata.length; row++) {
      byClass.computeIfAbsent(strata[row], c -> new ArrayList<>()).add(row);
    }
    if (shuffle) {
      SplittableRandom random = new SplittableRandom(seed);
      byClass.values().forEach(rows -> shuffle(rows, random));
    }
    List<List<Integer>> classes = List.copyOf(byClass.values());
    int[] train = new int[classes.size()];
    int[] counts = classes.stream().mapToInt(List::size).toArray();
    share(sizes.train(), counts, train);
    int[] left = new int[counts.length];
    Arrays.setAll(left, i -> counts[i] - train[i]);
    int[] validate = new int[counts.length];
    share(sizes.validate(), left, validate);
    List<List<Integer>> parts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < counts.length; i++) {
      int second = train[i] + validate[i];
      parts.get(0).addAll(classes.get(i).subList(0, train[i]));
      parts.get(1).addAll(classes.get(i).subList(train[i], second));
      parts.get(2).addAll(classes.get(i).subList(second, counts[i]));
    }
    return new SplitDraw(sorted(parts.get(0)), sorted(parts.get(1)), sorted(parts.get(2)));
  }

  private static void shuffle(List<Integer> rows, SplittableRandom random) {
    for (int i = rows.size() - 1; i > 0; i--) {
      Collections.swap(rows, i, random.nextInt(i + 1));
    }
  }

  /** Shares out a number by the sizes of classes; what does not come out even by largest rest. */
  private static void share(int total, int[] counts, int[] shares) {
    long all = Arrays.stream(counts).asLongStream().sum();
    if (all == 0) {
      return;
    }
    List<Map.Entry<Integer, Long>> rests = new ArrayList<>();
    int given = 0;
    for (int i = 0; i < counts.length; i++) {
      long exact = (long) total * counts[i];
      shares[i] = (int) (exact / all);
      given += shares[i];
      rests.add(Map.entry(i, exact % all));
    }
    rests.sort(Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder()));
    for (int i = 0; given < total; i++, given++) {
      shares[rests.get(i).getKey()]++;
    }
  }

  private static int[] sorted(List<Integer> rows) {
    return rows.stream().mapToInt(Integer::intValue).sorted().toArray();
  }
}
