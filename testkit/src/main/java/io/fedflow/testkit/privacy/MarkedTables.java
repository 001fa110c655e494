package io.fedflow.testkit.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A guest's and a host's table that share a part of their ids. The label follows from features of
 * both, with some noise, so that there is something to learn.
 *
 * @param guest has the label
 * @param host has none
 */
public record MarkedTables(MarkedTable guest, MarkedTable host) {

  private static final int GUEST_COLUMNS = 4;
  private static final int HOST_COLUMNS = 6;
  private static final double NOISE = 0.5;

  /**
   * Makes tables.
   *
   * @param common rows that both have
   * @param alone rows that each has beside them
   */
  public static MarkedTables of(long seed, int common, int alone) {
    Random random = new Random(seed);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < common + 2 * alone; i++) {
      ids.add("patient-%012x".formatted(random.nextLong() & 0xffff_ffff_ffffL));
    }
    List<String> ofGuest = new ArrayList<>(ids.subList(0, common + alone));
    List<String> ofHost = new ArrayList<>(ids.subList(0, common));
    ofHost.addAll(ids.subList(common + alone, ids.size()));
    double[][] guest = gaussians(random, GUEST_COLUMNS, ofGuest.size());
    double[][] host = gaussians(random, HOST_COLUMNS, ofHost.size());
    double[] labels = new double[ofGuest.size()];
    for (int row = 0; row < labels.length; row++) {
      double score = guest[0][row] - guest[1][row] + NOISE * random.nextGaussian();
      labels[row] = score + (row < common ? host[0][row] + host[1][row] : 0) > 0 ? 1 : 0;
    }
    return new MarkedTables(
        shuffled(random, names("guest", GUEST_COLUMNS), "outcome_9c41e7", ofGuest, guest, labels),
        shuffled(random, names("host", HOST_COLUMNS), null, ofHost, host, null));
  }

  /** All ids of both. */
  public Set<String> ids() {
    Set<String> all = new HashSet<>(Arrays.asList(guest.ids()));
    all.addAll(Arrays.asList(host.ids()));
    return all;
  }

  /** Labels as components see them: in the file's order, by id, and by id of common rows only. */
  public List<double[]> labelOrders() {
    Set<String> atHost = Set.of(host.ids());
    int[] byId = sorted(guest.ids());
    return List.of(
        guest.labels(),
        Arrays.stream(byId).mapToDouble(row -> guest.labels()[row]).toArray(),
        Arrays.stream(byId)
            .filter(row -> atHost.contains(guest.ids()[row]))
            .mapToDouble(row -> guest.labels()[row])
            .toArray());
  }

  private static int[] sorted(String[] ids) {
    return IntStream.range(0, ids.length)
        .boxed()
        .sorted(Comparator.comparing(row -> ids[row]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The same for every seed, so that what was learned from one pair can be used on another. */
  private static List<String> names(String party, int count) {
    Random random = new Random(party.length());
    return Stream.generate(() -> "%s_secret_%06x".formatted(party, random.nextInt(1 << 24)))
        .limit(count)
        .toList();
  }

  private static double[][] gaussians(Random random, int columns, int rows) {
    double[][] values = new double[columns][rows];
    for (double[] column : values) {
      Arrays.setAll(column, row -> random.nextGaussian());
    }
    return values;
  }

  /** Rows in another order, so that common rows are not recognised by their place. */
  private static MarkedTable shuffled(
      Random random,
      List<String> names,
      String labelName,
      List<String> ids,
      double[][] values,
      double[] labels) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, ids.size()).boxed().toList());
    Collections.shuffle(order, random);
    double[][] moved = new double[values.length][];
    Arrays.setAll(moved, column -> inOrder(order, values[column]));
    return new MarkedTable(
        names,
        labelName,
        order.stream().map(ids::get).toArray(String[]::new),
        moved,
        labels == null ? null : inOrder(order, labels));
  }

  private static double[] inOrder(List<Integer> order, double[] values) {
    return order.stream().mapToDouble(row -> values[row]).toArray();
  }
}
