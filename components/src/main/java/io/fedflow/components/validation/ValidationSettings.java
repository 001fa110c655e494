package io.fedflow.components.validation;

import io.fedflow.component.Params;
import io.fedflow.components.evaluation.EvalType;
import io.fedflow.components.evaluation.TrainingMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a conf says about validation while training: {@code callback_param}, or the older parameters
 * of the same names beside it. Immutable.
 *
 * @param every validation follows each iteration whose number, from 1, it divides; 0 for none
 * @param at validation follows these iterations, counted from 0; at most {@value #MOST_ITERATIONS}
 * @param rounds validations without a gain that end the training; 0 if they never do
 * @param metrics what is measured
 * @param firstOnly whether the first metric alone may end the training
 */
public record ValidationSettings(
    int every, Set<Integer> at, int rounds, TrainingMetrics metrics, boolean firstOnly) {

  /** How many iterations a conf may name. */
  static final int MOST_ITERATIONS = 10_000;

  /** The parameters that FATE before 1.7 had beside {@code callback_param}. */
  static final List<String> OLDER_NAMES =
      List.of("validation_freqs", "early_stopping_rounds", "metrics", "use_first_metric_only");

  private static final Set<String> EVALUATING = Set.of("earlystopping", "performanceevaluate");

  /** Copies the set. */
  public ValidationSettings {
    at = Set.copyOf(at);
  }

  /** Reads parameters of a binary classifier that {@link ValidationRules#check} accepts. */
  public static ValidationSettings of(Params params) {
    return of(params, EvalType.BINARY);
  }

  /**
   * Reads parameters that {@link ValidationRules#check} accepts.
   *
   * @param type what the model predicts
   * @throws io.fedflow.failure.FedflowException {@code validation.metrics} (INVALID) if a metric is
   *     of another type
   */
  public static ValidationSettings of(Params params, EvalType type) {
    Params callback = params.object("callback_param");
    if (usesOlderNames(params)) {
      return read(params, type);
    }
    boolean evaluates =
        !callback.isNull("callbacks")
            && callback.texts("callbacks").stream()
                .anyMatch(name -> EVALUATING.contains(name.toLowerCase(Locale.ROOT)));
    return evaluates ? read(callback, type) : none();
  }

  /** No validation. */
  public static ValidationSettings none() {
    return new ValidationSettings(0, Set.of(), 0, TrainingMetrics.of(null), false);
  }

  static boolean usesOlderNames(Params params) {
    return OLDER_NAMES.stream().anyMatch(name -> given(params, name));
  }

  static boolean given(Params params, String name) {
    return params.isUserFed(name) && !params.isNull(name);
  }

  private static ValidationSettings read(Params from, EvalType type) {
    Object frequency = from.get("validation_freqs");
    Set<Integer> at = new TreeSet<>();
    if (frequency instanceof List<?> iterations) {
      iterations.forEach(iteration -> at.add(((Number) iteration).intValue()));
    }
    return new ValidationSettings(
        frequency instanceof Number number ? number.intValue() : 0,
        at,
        from.isNull("early_stopping_rounds") ? 0 : from.integer("early_stopping_rounds"),
        TrainingMetrics.of(type, from.list("metrics")),
        from.bool("use_first_metric_only"));
  }

  /** Whether validation follows an iteration, counted from 0. */
  public boolean due(int iteration) {
    return every > 0 ? (iteration + 1) % every == 0 : at.contains(iteration);
  }

  /** How many of the iterations from {@code start} until before {@code end} it follows. */
  public int countDue(int start, int end) {
    if (every > 0) {
      return Math.max(0, end / every - start / every);
    }
    return (int) at.stream().filter(iteration -> iteration >= start && iteration < end).count();
  }

  /** Whether validation may end the training. */
  public boolean stopsEarly() {
    return rounds > 0;
  }

  /** The metrics whose gains are counted, in order; none without early stopping. */
  public List<String> tracked() {
    List<String> singles = stopsEarly() ? metrics.singles() : List.of();
    return firstOnly && !singles.isEmpty() ? singles.subList(0, 1) : singles;
  }

  /** What all parties of a training must have in common, as numbers; equal if and only if it is. */
  public List<Long> terms() {
    List<Long> terms = new ArrayList<>();
    terms.add((long) every);
    terms.add((long) rounds);
    terms.add((long) tracked().size());
    at.stream().sorted().forEach(iteration -> terms.add((long) iteration));
    return List.copyOf(terms);
  }
}
