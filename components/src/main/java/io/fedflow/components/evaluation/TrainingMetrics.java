package io.fedflow.components.evaluation;

import io.fedflow.component.TaskContext;
import io.fedflow.failure.Problems;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which metrics a binary classifier measures of itself while it trains, and their measuring, which
 * is that of {@link Evaluation}. Immutable; thread-safe.
 */
public final class TrainingMetrics {

  private static final List<String> DEFAULT = List.of("auc", "ks");

  /** Metrics of one number, for which larger is better; others are curves. */
  private static final Set<String> SINGLE = Set.of("auc", "ks");

  /** FATE never measures these while a model trains. */
  private static final Set<String> NEVER =
      Set.of("psi", "f1_score", "confusion_mat", "quantile_pr");

  private static final EvalType TYPE = EvalType.BINARY;

  private final List<String> wanted;

  private TrainingMetrics(List<String> wanted) {
    this.wanted = wanted;
  }

  /**
   * The metrics that a conf asks for.
   *
   * @param given names that {@link #check} accepts; null or none for auc and ks
   */
  public static TrainingMetrics of(List<?> given) {
    Set<String> wanted = new LinkedHashSet<>();
    for (Object name : given == null || given.isEmpty() ? DEFAULT : given) {
      wanted.add(MetricNames.canonical(name));
    }
    wanted.removeAll(NEVER);
    return new TrainingMetrics(List.copyOf(wanted));
  }

  /** Notes names that are no metrics of a binary classifier, and warns of those left out. */
  public static void check(List<?> given, String pointer, Problems problems) {
    List<String> allowed = new ArrayList<>(TYPE.metrics());
    allowed.removeAll(NEVER);
    for (int i = 0; given != null && i < given.size(); i++) {
      String name = MetricNames.canonical(given.get(i));
      if (NEVER.contains(name)) {
        problems.warning(
            pointer + "/" + i, "not measured while training", given.get(i), "one of " + allowed);
      } else if (!allowed.contains(name)) {
        problems.error(
            pointer + "/" + i,
            "no metric of a binary classifier",
            given.get(i),
            "one of " + allowed);
      }
    }
  }

  /** The metrics of one number, in the order of the conf; for all of them larger is better. */
  public List<String> singles() {
    return wanted.stream().filter(SINGLE::contains).toList();
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
            context.tracker(), context.log(), TYPE, MetricNames.resolve(TYPE, wanted), null)
        .of(dataName, predictions);
  }
}
