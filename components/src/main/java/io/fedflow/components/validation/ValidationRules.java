package io.fedflow.components.validation;

import io.fedflow.component.Params;
import io.fedflow.components.evaluation.EvalType;
import io.fedflow.components.evaluation.TrainingMetrics;
import io.fedflow.failure.Problems;
import java.util.List;
import java.util.Locale;

/** What a conf may say about validation while training. Stateless. */
public final class ValidationRules {

  private static final String CALLBACK = "callback_param";

  private ValidationRules() {}

  /**
   * Checks {@code callback_param} and the older parameters beside it, for a binary classifier.
   *
   * @param pointer where the component's parameters stand in the user's document
   */
  public static void check(Params params, String pointer, Problems problems) {
    check(params, pointer, problems, List.of(EvalType.BINARY));
  }

  /**
   * Checks {@code callback_param} and the older parameters beside it.
   *
   * @param pointer where the component's parameters stand in the user's document
   * @param types what the model's predictions may be
   */
  public static void check(Params params, String pointer, Problems problems, List<EvalType> types) {
    Params callback = params.object(CALLBACK);
    String inner = pointer + "/" + CALLBACK;
    if (!callback.isNull("callbacks")
        && callback.texts("callbacks").stream()
            .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals("modelcheckpoint"))) {
      problems.error(
          inner + "/callbacks",
          "models kept at steps of their training are not supported yet",
          callback.get("callbacks"),
          "EarlyStopping and PerformanceEvaluate");
    }
    checkRest(params, pointer, problems, types);
  }

  /**
   * Checks the same for a binary classifier that keeps models while it trains ({@link KeptModels}).
   *
   * @param iterations how many there are at most
   */
  public static void check(Params params, int iterations, String pointer, Problems problems) {
    check(params, iterations, pointer, problems, List.of(EvalType.BINARY));
  }

  /**
   * Checks the same for a component that keeps models while it trains ({@link KeptModels}).
   *
   * @param iterations how many there are at most
   * @param types what the model's predictions may be
   */
  public static void check(
      Params params, int iterations, String pointer, Problems problems, List<EvalType> types) {
    KeptModels.check(params, iterations, pointer, problems);
    checkRest(params, pointer, problems, types);
  }

  private static void checkRest(
      Params params, String pointer, Problems problems, List<EvalType> types) {
    Params callback = params.object(CALLBACK);
    String inner = pointer + "/" + CALLBACK;
    if (ValidationSettings.usesOlderNames(params)) {
      if (params.isUserFed(CALLBACK)) {
        for (String name : ValidationSettings.OLDER_NAMES) {
          if (ValidationSettings.given(params, name)) {
            problems.error(
                pointer + "/" + name,
                "stands beside " + CALLBACK,
                params.get(name),
                "only " + CALLBACK + "/" + name);
          }
        }
      }
      checkValues(params, pointer, problems, types);
    }
    checkValues(callback, inner, problems, types);
    if (!callback.isNull("validation_freqs")
        && (callback.isNull("callbacks") || callback.list("callbacks").isEmpty())) {
      problems.warning(
          inner + "/validation_freqs",
          "of no effect without callbacks",
          callback.get("validation_freqs"),
          "callbacks with PerformanceEvaluate or EarlyStopping");
    }
  }

  private static void checkValues(
      Params params, String pointer, Problems problems, List<EvalType> types) {
    Object frequency = params.get("validation_freqs");
    String at = pointer + "/validation_freqs";
    if (frequency instanceof Number number && !whole(number, 1)) {
      problems.error(at, "out of range", frequency, "an integer above 0");
    }
    if (frequency instanceof List<?> iterations) {
      checkIterations(iterations, at, problems);
    }
    List<?> metrics = params.list("metrics");
    TrainingMetrics.check(types, metrics, pointer + "/metrics", problems);
    if (params.isNull("early_stopping_rounds")) {
      return;
    }
    if (frequency == null) {
      problems.error(
          pointer + "/early_stopping_rounds",
          "needs validation_freqs",
          params.get("early_stopping_rounds"),
          "null without validation_freqs");
    }
    if (!TrainingMetrics.mayEnd(types, metrics)) {
      problems.error(
          pointer + "/metrics",
          "early stopping needs a metric of one number",
          metrics,
          "one of them among others, such as auc, accuracy or rmse");
    }
  }

  private static void checkIterations(List<?> iterations, String at, Problems problems) {
    if (iterations.size() > ValidationSettings.MOST_ITERATIONS) {
      problems.error(
          at,
          "too many iterations",
          iterations.size() + " of them",
          "at most " + ValidationSettings.MOST_ITERATIONS);
      return;
    }
    for (int i = 0; i < iterations.size(); i++) {
      if (!(iterations.get(i) instanceof Number number && whole(number, 0))) {
        problems.error(
            at + "/" + i, "no iteration", iterations.get(i), "an integer from 0, the first");
      }
    }
  }

  private static boolean whole(Number number, int least) {
    double value = number.doubleValue();
    return value == Math.rint(value) && value >= least && value <= Integer.MAX_VALUE;
  }
}
