package io.fedflow.components.split;

import io.fedflow.component.Params;
import io.fedflow.failure.FedflowException;

/**
 * How many rows each part gets; together all rows.
 *
 * @param train rows to train with
 * @param validate rows to validate with
 * @param test rows to test with
 */
record SplitSizes(int train, int validate, int test) {

  private static final double ZERO = 1e-8;

  /**
   * Reads the sizes of a conf. What it leaves out follows from the rest; a conf without any gets 80
   * % to train and 20 % to validate.
   *
   * @throws FedflowException {@code split.sizes} (INVALID) if they do not add up to all rows
   */
  static SplitSizes of(Params params, int rows) {
    boolean shares =
        SplitParameters.SIZES.stream().anyMatch(n -> SplitParameters.isShare(params.get(n)));
    Double train = size(params, "train_size");
    Double validate = size(params, "validate_size");
    Double test = size(params, "test_size");
    if (train == null && validate == null && test == null) {
      return ofShares(0.8, 0.2, 0.0, rows);
    }
    double total = shares ? 1 : rows;
    if (train == null) {
      test = test == null ? 0 : test;
      validate = validate == null ? 0 : validate;
      train = total - test - validate;
    } else if (test == null) {
      validate = validate == null ? 0 : validate;
      test = total - train - validate;
    } else if (validate == null) {
      validate = total - train - test;
    }
    if (Math.min(train, Math.min(validate, test)) < -ZERO
        || Math.abs(train + validate + test - total) > ZERO) {
      throw FedflowException.invalid(
          "split.sizes",
          "train_size, validate_size, test_size: found "
              + train
              + ", "
              + validate
              + ", "
              + test
              + ", allowed are three that add up to "
              + (shares ? "1.0" : "the number of rows, " + rows));
    }
    return shares
        ? ofShares(train, Math.max(0, validate), Math.max(0, test), rows)
        : new SplitSizes(train.intValue(), validate.intValue(), test.intValue());
  }

  private static SplitSizes ofShares(double train, double validate, double test, int rows) {
    int first = (int) Math.rint(train * rows);
    int rest = rows - first;
    double both = validate + test;
    int second = both <= ZERO ? rest : (int) Math.rint(validate / both * rest);
    return both <= ZERO ? new SplitSizes(rows, 0, 0) : new SplitSizes(first, second, rest - second);
  }

  private static Double size(Params params, String name) {
    return params.isNull(name) ? null : params.number(name);
  }
}
