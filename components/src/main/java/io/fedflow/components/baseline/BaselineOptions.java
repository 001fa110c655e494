package io.fedflow.components.baseline;

import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.components.labels.Labels;
import io.fedflow.failure.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options of a local logistic regression, named as scikit-learn names them. Immutable.
 *
 * @param penalised whether weights are penalised by half their squares
 * @param tolerance training ends when no derivative is above it
 * @param c the weight of the loss against the penalty
 * @param fitIntercept whether there is an intercept
 * @param solver the name that a conf gave; all of them find the one minimum
 * @param maxIterations training ends after as many
 * @param balanced whether classes weigh by their rarity
 * @param classWeights label to weight; empty for none
 * @param each whether of several classes each is trained against all others ({@code multi_class}
 *     ovr), instead of all at once
 */
record BaselineOptions(
    boolean penalised,
    double tolerance,
    double c,
    boolean fitIntercept,
    String solver,
    int maxIterations,
    boolean balanced,
    Map<String, Double> classWeights,
    boolean each) {

  /** The name of {@link #each} in confs and models. */
  static final String EACH = "ovr";

  private static final List<String> SOLVERS = List.of("lbfgs", "newton-cg", "sag", "saga");
  private static final List<String> MULTI_CLASS = List.of("auto", "multinomial", EACH);
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("random_state", "verbose", "n_jobs", "warm_start");

  /** Reads {@code model_opts}, which {@link #check} found to be fine. */
  static BaselineOptions of(Params params) {
    Map<String, Object> given = given(params);
    Object weights = given.get("class_weight");
    Map<String, Double> classWeights = new HashMap<>();
    if (weights instanceof Map<?, ?> map) {
      map.forEach(
          (label, weight) ->
              classWeights.put(Labels.normal(label), ((Number) weight).doubleValue()));
    }
    return new BaselineOptions(
        "l2".equals(given.getOrDefault("penalty", "l2")),
        number(given, "tol", 1e-4),
        number(given, "C", 1),
        !Boolean.FALSE.equals(given.get("fit_intercept")),
        String.valueOf(given.getOrDefault("solver", "lbfgs")),
        (int) number(given, "max_iter", 100),
        "balanced".equals(weights),
        Map.copyOf(classWeights),
        EACH.equals(given.get("multi_class")));
  }

  /** The rules of {@code model_opts}. */
  static void check(Params params, String pointer, Problems problems) {
    given(params)
        .forEach(
            (name, value) -> {
              String allowed = allowed(name, value);
              if (allowed != null) {
                problems.error(pointer + "/model_opts/" + name, "not supported", value, allowed);
              }
            });
  }

  /** What is allowed instead; null for a value that is. */
  private static String allowed(String name, Object value) {
    boolean fine =
        switch (name) {
          case "penalty" -> value == null || "l2".equals(value) || "none".equals(value);
          case "tol", "C" ->
              ParameterType.NUMBER.accepts(value) && ((Number) value).doubleValue() > 0;
          case "max_iter" ->
              ParameterType.INT.accepts(value)
                  && ((Number) value).longValue() >= 1
                  && ((Number) value).longValue() <= 1_000_000;
          case "fit_intercept" -> value instanceof Boolean;
          case "solver" -> SOLVERS.contains(value);
          case "multi_class" -> MULTI_CLASS.contains(value);
          case "class_weight" -> value == null || "balanced".equals(value) || weights(value);
          case "dual" -> Boolean.FALSE.equals(value);
          case "intercept_scaling" -> value instanceof Number one && one.doubleValue() == 1;
          case "l1_ratio" -> value == null;
          default -> WITHOUT_EFFECT.contains(name);
        };
    if (fine) {
      return null;
    }
    return switch (name) {
      case "penalty" -> "l2 or none";
      case "tol", "C" -> "a number > 0";
      case "max_iter" -> "an integer 1..1000000";
      case "fit_intercept" -> "true or false";
      case "solver" -> "one of " + SOLVERS;
      case "multi_class" -> "one of " + MULTI_CLASS;
      case "class_weight" -> "balanced, or label to a number";
      case "dual" -> "false";
      case "intercept_scaling" -> "1";
      case "l1_ratio" -> "null";
      default -> "the options of LogisticRegression";
    };
  }

  private static boolean weights(Object value) {
    return value instanceof Map<?, ?> map
        && map.values().stream().allMatch(ParameterType.NUMBER::accepts);
  }

  private static Map<String, Object> given(Params params) {
    return params.isNull("model_opts") ? Map.of() : params.map("model_opts");
  }

  private static double number(Map<String, Object> given, String name, double otherwise) {
    return given.get(name) instanceof Number number ? number.doubleValue() : otherwise;
  }
}
