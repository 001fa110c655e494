package io.fedflow.components.boosting;

import io.fedflow.component.Params;
import io.fedflow.components.crossvalidation.FoldSettings;
import io.fedflow.components.evaluation.EvalType;
import io.fedflow.components.validation.ValidationRules;
import io.fedflow.failure.Problems;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules over several parameters of {@link BoostParameters}. Stateless. */
final class BoostRules {

  private static final Set<String> LISTED_PENALTIES = Set.of("l1", "l2");

  private BoostRules() {}

  /** Notes what does not fit, and what is not supported. */
  static void check(Params params, String pointer, Problems problems) {
    boolean classes = params.text("task_type").equals(BoostParameters.CLASSIFICATION);
    checkObjective(params.object("objective_param"), classes, pointer, problems);
    checkPenalties(params.object("tree_param"), pointer, problems);
    checkRates(params, pointer, problems);
    checkSecureTrees(params, pointer, problems);
    checkTreeParam(params, pointer, problems);
    checkStrategy(params, pointer, problems);
    refuseUnsupported(params, pointer, problems);
    ValidationRules.check(
        params,
        pointer,
        problems,
        classes ? List.of(EvalType.BINARY, EvalType.MULTI) : List.of(EvalType.REGRESSION));
  }

  private static void checkObjective(
      Params objective, boolean classes, String pointer, Problems problems) {
    String name = objective.text("objective");
    if (classes != name.equals("cross_entropy")) {
      problems.error(
          pointer + "/objective_param/objective",
          "does not fit task_type",
          name,
          classes
              ? "cross_entropy for classification"
              : "lse, lae, huber, fair, log_cosh or tweedie for regression");
    }
    String at = pointer + "/objective_param/params";
    List<?> given = objective.list("params");
    Object first = given == null || given.isEmpty() ? null : given.get(0);
    if (given != null && !given.stream().allMatch(each -> each instanceof Number)) {
      problems.error(at, "no numbers", given, "an array of numbers");
      return;
    }
    double number = first instanceof Number value ? value.doubleValue() : Double.NaN;
    switch (name) {
      case "huber", "fair" -> {
        if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
          problems.error(at, name + " needs a number", given, "[number above 0]");
        }
      }
      case "tweedie" -> {
        if (!(number >= 1 && number < 2)) {
          problems.error(at, "tweedie needs its power", given, "[number from 1, below 2]");
        }
      }
      default -> {
        if (first != null) {
          problems.warning(at, "of no effect for " + name, given, "null");
        }
      }
    }
  }

  private static void checkPenalties(Params tree, String pointer, Problems problems) {
    Object given = tree.get("criterion_params");
    String at = pointer + "/tree_param/criterion_params";
    boolean fits =
        given instanceof Map<?, ?> map
            ? LISTED_PENALTIES.containsAll(map.keySet())
                && map.values().stream().allMatch(BoostRules::isStrength)
            : given instanceof List<?> list
                && list.size() <= 2
                && list.stream().allMatch(BoostRules::isStrength);
    if (!fits) {
      problems.error(
          at, "no penalties", given, "[l2, l1] or {l1, l2}, each a number from 0, or fewer");
    }
  }

  private static boolean isStrength(Object value) {
    return value instanceof Number number
        && number.doubleValue() >= 0
        && !Double.isInfinite(number.doubleValue());
  }

  private static void checkRates(Params params, String pointer, Problems problems) {
    if (params.bool("run_goss") && !(params.number("top_rate") + params.number("other_rate") < 1)) {
      problems.error(
          pointer + "/top_rate",
          "top_rate and other_rate leave no rows out",
          params.number("top_rate") + params.number("other_rate"),
          "a sum below 1");
    }
    if (params.bool("run_goss") && params.number("other_rate") == 0) {
      problems.error(
          pointer + "/other_rate", "out of range", 0, "above 0: the other rows need a sample");
    }
  }

  private static void checkSecureTrees(Params params, String pointer, Problems problems) {
    if (params.get("complete_secure") instanceof Number trees && trees.longValue() < 0) {
      problems.error(
          pointer + "/complete_secure", "out of range", trees, "0, or how many first trees");
    }
  }

  /** What FATE overwrites by the same names outside must not look as if it counted. */
  private static void checkTreeParam(Params params, String pointer, Problems problems) {
    Params tree = params.object("tree_param");
    for (String name : List.of("use_missing", "zero_as_missing", "n_iter_no_change", "tol")) {
      if (tree.isUserFed(name) && !String.valueOf(tree.get(name)).equals(outer(params, name))) {
        problems.warning(
            pointer + "/tree_param/" + name,
            "of no effect: " + name + " beside tree_param counts",
            tree.get(name),
            outer(params, name));
      }
    }
    if (params.bool("zero_as_missing") && !params.bool("use_missing")) {
      problems.warning(
          pointer + "/zero_as_missing", "of no effect without use_missing", true, "false");
    }
  }

  private static String outer(Params params, String name) {
    return String.valueOf(params.get(name));
  }

  private static void checkStrategy(Params params, String pointer, Problems problems) {
    boolean both = params.isUserFed("boosting_strategy") && !params.isNull("work_mode");
    if (both && !params.text("boosting_strategy").equals(BoostSettings.strategy(params))) {
      problems.warning(
          pointer + "/boosting_strategy",
          "of no effect: work_mode counts",
          params.text("boosting_strategy"),
          params.text("work_mode"));
    }
  }

  private static void refuseUnsupported(Params params, String pointer, Problems problems) {
    if (!params.text("multi_mode").equals("single_output")) {
      unsupported(
          problems,
          pointer + "/multi_mode",
          "one tree for all classes",
          "multi_output",
          "single_output");
    }
    for (String name : List.of("EINI_inference", "EINI_random_mask", "EINI_complexity_check")) {
      if (params.bool(name)) {
        unsupported(problems, pointer + '/' + name, "EINI", true, "false");
      }
    }
    FoldSettings.check(params, pointer, problems);
  }

  private static void unsupported(
      Problems problems, String pointer, String what, Object found, String allowed) {
    problems.error(pointer, what + " is not supported yet", found, allowed);
  }
}
