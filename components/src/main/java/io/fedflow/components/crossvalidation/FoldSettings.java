package io.fedflow.components.crossvalidation;

import io.fedflow.component.Params;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;

/**
 * What a conf says of cross-validation: {@code cv_param}. Immutable.
 *
 * @param splits how many folds, from 2
 * @param shuffle whether rows are dealt out at random, or in blocks of their order
 * @param seed of the shuffle; null for the job's
 * @param history whether the rows of all folds are what is handed on; else the input is
 * @param instances whether these rows are the input's; else predictions
 */
public record FoldSettings(
    int splits, boolean shuffle, Long seed, boolean history, boolean instances) {

  private static final String PARAMETER = "cv_param";

  /** Whether a component with {@code cv_param} is to cross-validate. */
  public static boolean wanted(Params params) {
    return params.object(PARAMETER).bool("need_cv");
  }

  /** Reads parameters that {@link #check} accepts. */
  public static FoldSettings of(Params params) {
    Params cv = params.object(PARAMETER);
    return new FoldSettings(
        cv.integer("n_splits"),
        cv.bool("shuffle"),
        cv.isNull("random_seed") ? null : (long) cv.number("random_seed"),
        cv.bool("output_fold_history"),
        cv.text("history_value_type").equals("instance"));
  }

  /** The rules of {@code cv_param} where it asks for cross-validation. */
  public static void check(Params params, String pointer, Problems problems) {
    if (!wanted(params)) {
      return;
    }
    Params cv = params.object(PARAMETER);
    String at = pointer + "/" + PARAMETER;
    Object splits = cv.get("n_splits");
    if (splits instanceof Number number && number.doubleValue() < 2) {
      problems.error(at + "/n_splits", "out of range", splits, "at least 2 folds");
    }
    Object seed = cv.get("random_seed");
    if (seed instanceof Number number && number.doubleValue() < 1) {
      problems.error(at + "/random_seed", "out of range", seed, "an integer above 0, or null");
    }
  }

  /**
   * Checks that every fold gets a row.
   *
   * @throws FedflowException {@code cv.splits} (INVALID) if there are fewer rows than folds
   */
  public void requireRows(int rows) {
    if (rows < splits) {
      throw FedflowException.invalid(
          "cv.splits",
          "cv_param.n_splits: found " + splits + " for " + rows + " rows, allowed is 2.." + rows);
    }
  }
}
