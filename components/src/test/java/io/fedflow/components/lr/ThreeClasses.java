package io.fedflow.components.lr;

import static io.fedflow.components.lr.LrFixture.HOST;

import io.fedflow.components.testing.BreastData;
import io.fedflow.table.Table;
import java.util.Arrays;

/**
 * 200 rows of the example data with three classes: thirds of the rows along a column of the host.
 */
final class ThreeClasses {

  private ThreeClasses() {}

  /** Rows in the order that parties agree on, labels 0, 1 and 5. */
  static Table guest() {
    double[] x3 = BreastData.host(HOST).sortedById().numbers("x3");
    double[] sorted = x3.clone();
    Arrays.sort(sorted);
    double low = sorted[sorted.length / 3];
    double high = sorted[2 * sorted.length / 3];
    return LrFixture.few(ValueFixture.guest(row -> x3[row] < low ? 0 : x3[row] < high ? 1 : 5));
  }
}
