package io.fedflow.components.binning;

import io.fedflow.component.TaskContext;
import io.fedflow.components.aggregation.SumMember;
import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.Arrays;
import java.util.List;

/**
 * What the values of columns at all parties have in common: how many there are, between which
 * bounds, and how many lie below a point. One object for one task; not thread-safe.
 */
final class CommonRanks {

  static final MessageTag BOUNDS = MessageTag.of("homo_binning_bounds");

  /** Counts of values, below 2^40. */
  static final int MAGNITUDE_BITS = 40;

  static final String MORE = "homo_binning_more";
  static final MessageTag COMMON_BOUNDS = MessageTag.of("homo_binning_common_bounds");

  private final TaskContext context;
  private final SumMember sums;
  private final double[][] sorted;
  private final double[] present;
  private final double[] least;
  private final double[] most;
  private int asked;

  private CommonRanks(
      TaskContext context,
      SumMember sums,
      double[][] sorted,
      double[] present,
      double[] least,
      double[] most) {
    this.context = context;
    this.sums = sums;
    this.sorted = sorted;
    this.present = present;
    this.least = least;
    this.most = most;
  }

  /**
   * Counts values and agrees on bounds.
   *
   * @param columns shape [columns][rows]; NaN is missing
   * @throws FedflowException {@code binning.empty} (INVALID) if a column has no value at any party
   */
  static CommonRanks of(TaskContext context, List<String> names, double[][] columns)
      throws InterruptedException {
    double[][] sorted = new double[columns.length][];
    double[] counts = new double[columns.length];
    double[] bounds = new double[2 * columns.length];
    for (int i = 0; i < columns.length; i++) {
      sorted[i] = Arrays.stream(columns[i]).filter(v -> !Double.isNaN(v)).sorted().toArray();
      counts[i] = sorted[i].length;
      OuterBounds outer = OuterBounds.of(sorted[i]);
      bounds[2 * i] = outer.least();
      bounds[2 * i + 1] = outer.most();
    }
    SumMember sums = SumMember.join(context, MAGNITUDE_BITS);
    double[] present = sums.sum(counts);
    for (int i = 0; i < present.length; i++) {
      if (present[i] == 0) {
        throw ColumnException.of(
            "binning.empty",
            names.get(i),
            "found no value that is present at any party, allowed is at least one");
      }
    }
    Party arbiter = context.federation().parties(Role.ARBITER).get(0);
    context.federation().send(arbiter, BOUNDS, Payload.ofDoubles(bounds));
    double[] common = context.federation().receive(arbiter, COMMON_BOUNDS).asDoubles();
    if (common.length != bounds.length) {
      throw FedflowException.peer("binning.message", arbiter + " sent bounds of other columns");
    }
    OuterBounds.requireOrdered(common, arbiter, true);
    double[] least = new double[columns.length];
    double[] most = new double[columns.length];
    for (int i = 0; i < columns.length; i++) {
      least[i] = common[2 * i];
      most[i] = common[2 * i + 1];
    }
    return new CommonRanks(context, sums, sorted, present, least, most);
  }

  int columns() {
    return sorted.length;
  }

  /** How many values of a column are present at all parties. */
  double present(int column) {
    return present[column];
  }

  /** A bound below all values of a column. */
  double least(int column) {
    return least[column];
  }

  /** A bound above all values of a column. */
  double most(int column) {
    return most[column];
  }

  /**
   * How many values of all parties are at most as large as points.
   *
   * @param points shape [columns][points], the same at all parties
   * @return of the same shape
   */
  double[][] upTo(double[][] points) throws InterruptedException {
    int width = points[0].length;
    announce(points.length * width);
    double[] own = new double[points.length * width];
    for (int column = 0; column < points.length; column++) {
      for (int i = 0; i < width; i++) {
        own[column * width + i] = rank(sorted[column], points[column][i]);
      }
    }
    double[] all = sums.sum(own);
    double[][] ranks = new double[points.length][];
    for (int column = 0; column < points.length; column++) {
      ranks[column] = Arrays.copyOfRange(all, column * width, (column + 1) * width);
    }
    return ranks;
  }

  /** Nothing more is asked, which the arbiter has to hear. */
  void end() throws InterruptedException {
    announce(0);
  }

  /** Every party asks alike; the guest says about how many points, 0 for no more. */
  private void announce(int count) throws InterruptedException {
    asked++;
    if (context.self().role().equals(Role.GUEST)) {
      context
          .federation()
          .send(
              context.federation().parties(Role.ARBITER).get(0),
              MessageTag.of(MORE, asked),
              Payload.ofLongs(count));
    }
  }

  /** How many values are at most as large as a point; of values that tie with it, all. */
  static int rank(double[] ascending, double point) {
    int from = 0;
    int to = ascending.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (ascending[middle] <= point) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
