package io.fedflow.components.evaluation;

import io.fedflow.component.TaskContext;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import io.fedflow.table.Table;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which metrics a model measures of itself while it trains, and their measuring, which is that of
 * {@link Evaluation}. Immutable; thread-safe.
 */
public final class TrainingMetrics {

  private static final Map<EvalType, List<String>> DEFAULTS =
      Map.of(
          EvalType.BINARY, List.of("auc", "ks"),
          EvalType.MULTI, List.of("accuracy", "precision", "recall"),
          EvalType.REGRESSION, List.of("root_mean_squared_error", "mean_absolute_error"));

  /** Metrics of one number that may end a training; others are curves. */
  private static final Map<EvalType, Set<String>> SINGLE =
      Map.of(
          EvalType.BINARY, Set.of("auc", "ks"),
          EvalType.MULTI, Set.of("accuracy", "precision", "recall"),
          EvalType.REGRESSION, Set.copyOf(EvalType.REGRESSION.metrics()));

  /** Metrics of one number for which larger is better; smaller is of all others. */
  private static final Set<String> LARGER =
      Set.of("auc", "ks", "accuracy", "precision", "recall", "r2_score", "explained_variance");

  /** FATE never measures these while a model trains. */
  private static final Set<String> NEVER =
      Set.of("psi", "f1_score", "confusion_mat", "quantile_pr");

  private final EvalType type;
  private final List<String> wanted;

  private TrainingMetrics(EvalType type, List<String> wanted) {
    this.type = type;
    this.wanted = wanted;
  }

  /**
   * The metrics that a conf asks of a binary classifier.
   *
   * @param given names that {@link #check} accepts; null or none for auc and ks
   */
  public static TrainingMetrics of(List<?> given) {
    return of(EvalType.BINARY, given);
  }

  /**
   * The metrics that a conf asks for.
   *
   * @param given null or none for the usual ones of the type
   * @throws FedflowException {@code validation.metrics} (INVALID) if one is of another type
   */
  public static TrainingMetrics of(EvalType type, List<?> given) {
    Set<String> wanted = new LinkedHashSet<>();
    for (Object name : given == null || given.isEmpty() ? DEFAULTS.get(type) : given) {
      wanted.add(MetricNames.canonical(name));
    }
    wanted.removeAll(NEVER);
    if (!type.metrics().containsAll(wanted)) {
      throw FedflowException.invalid(
          "validation.metrics",
          "metrics: found " + wanted + ", allowed here are " + allowed(List.of(type)));
    }
    return new TrainingMetrics(type, List.copyOf(wanted));
  }

  /**
   * Those of a conf's names that predictions of a type have, for models whose type shows in the
   * rows only.
   *
   * @param given names that {@link #check} accepts; may be null
   * @return none if the conf names none of the type
   */
  public static List<?> fitting(EvalType type, List<?> given) {
    return given == null
        ? List.of()
        : given.stream()
            .filter(name -> allowed(List.of(type)).contains(MetricNames.canonical(name)))
            .toList();
  }

  /**
   * Notes names that are no metrics of any of some types, and warns of those left out.
   *
   * @param types what the predictions may be
   */
  public static void check(List<EvalType> types, List<?> given, String pointer, Problems problems) {
    List<String> allowed = allowed(types);
    for (int i = 0; given != null && i < given.size(); i++) {
      String name = MetricNames.canonical(given.get(i));
      if (NEVER.contains(name)) {
        problems.warning(
            pointer + "/" + i, "not measured while training", given.get(i), "one of " + allowed);
      } else if (!allowed.contains(name)) {
        problems.error(
            pointer + "/" + i, "no metric of such a model", given.get(i), "one of " + allowed);
      }
    }
  }

  /** Whether a metric of a conf that {@link #check} accepts may end a training. */
  public static boolean mayEnd(List<EvalType> types, List<?> given) {
    return given == null
        || given.isEmpty()
        || given.stream()
            .map(MetricNames::canonical)
            .anyMatch(name -> types.stream().anyMatch(type -> SINGLE.get(type).contains(name)));
  }

  private static List<String> allowed(List<EvalType> types) {
    Set<String> allowed = new LinkedHashSet<>();
    types.forEach(type -> allowed.addAll(type.metrics()));
    allowed.removeAll(NEVER);
    return List.copyOf(allowed);
  }

  /** The metrics of one number, in the order of the conf. */
  public List<String> singles() {
    return wanted.stream().filter(SINGLE.get(type)::contains).toList();
  }

  /** The value of a metric of one number as something of which larger is better. */
  public static double goodness(String metric, double value) {
    return LARGER.contains(metric) ? value : -value;
  }

  /**
   * Measures predictions, and reports every metric to the task's tracker.
   *
   * @param dataName what metrics are called
   * @param predictions rows of the types train, validate or predict, with labels
   * @return row type to metric to value, rounded to six digits; a metric that is undefined, as auc
   *     of one label, is left out
   * @throws io.fedflow.failure.FedflowException {@code evaluation.input} (INVALID) if a label or
   *     score is missing
   */
  public Map<String, Map<String, Object>> measure(
      TaskContext context, String dataName, Table predictions) {
    return new Measuring(
            context.tracker(), context.log(), type, MetricNames.resolve(type, wanted), null)
        .of(dataName, predictions);
  }
}
