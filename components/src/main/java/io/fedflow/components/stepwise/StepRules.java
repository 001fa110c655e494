package io.fedflow.components.stepwise;

import io.fedflow.component.Params;
import io.fedflow.failure.Problems;
import java.util.List;
import java.util.Locale;

/**
 * What a conf says of stepwise selection: {@code stepwise_param}. Immutable.
 *
 * @param bic whether the criterion is Schwarz's, else Akaike's
 * @param direction how the search goes
 * @param steps most steps after the first model
 * @param least the search ends with so many columns on its way down
 * @param most the search ends with so many columns on its way up; 0 for no limit
 */
public record StepRules(boolean bic, Direction direction, int steps, int least, int most) {

  private static final String PARAMETER = "stepwise_param";

  /** How the search goes. The order is part of {@link #terms}. */
  public enum Direction {
    /** From all columns, dropping or adding one. */
    BOTH,
    /** From none, adding one. */
    FORWARD,
    /** From all, dropping one. */
    BACKWARD;

    boolean adds() {
      return this != BACKWARD;
    }

    boolean drops() {
      return this != FORWARD;
    }
  }

  /** Whether a component with {@code stepwise_param} is to search. */
  public static boolean wanted(Params params) {
    return params.object(PARAMETER).bool("need_stepwise");
  }

  /** Reads parameters that {@link #check} accepts. */
  public static StepRules of(Params params) {
    Params step = params.object(PARAMETER);
    return new StepRules(
        step.text("score_name").equals("bic"),
        Direction.valueOf(step.text("direction").toUpperCase(Locale.ROOT)),
        step.integer("max_step"),
        step.integer("nvmin"),
        step.isNull("nvmax") ? 0 : step.integer("nvmax"));
  }

  /** The rules of {@code stepwise_param} where it asks for a search. */
  public static void check(Params params, String pointer, Problems problems) {
    if (!wanted(params)) {
      return;
    }
    Params step = params.object(PARAMETER);
    String at = pointer + "/" + PARAMETER;
    double least = step.number("nvmin");
    if (least < 2) {
      problems.error(at + "/nvmin", "out of range", step.get("nvmin"), "at least 2 columns");
    }
    if (!step.isNull("nvmax") && step.number("nvmax") < least) {
      problems.error(
          at + "/nvmax", "below nvmin", step.get("nvmax"), "null, or at least nvmin: " + least);
    }
  }

  /** What all parties of a search must have in common, as numbers. */
  public List<Long> terms() {
    return List.of(
        bic ? 1L : 0L, (long) direction.ordinal(), (long) steps, (long) least, (long) most);
  }

  /**
   * The criterion of a model; lower is better.
   *
   * @param rows how many it was trained on
   * @param weights how many it has, the intercept included
   * @param deviance -2 times its log-likelihood, up to a constant of the data
   */
  public double criterion(int rows, int weights, double deviance) {
    return (bic ? Math.log(rows) : 2) * weights + deviance;
  }
}
