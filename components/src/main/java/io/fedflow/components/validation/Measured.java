package io.fedflow.components.validation;

import io.fedflow.components.evaluation.TrainingMetrics;
import io.fedflow.failure.FedflowException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the measuring party keeps of the validations of one training: every value for the summary,
 * and the counters that may end it. Not thread-safe.
 */
public final class Measured {

  private final List<String> tracked;
  private final GainCounter gains;
  private final Map<String, Map<String, List<Object>>> history = new LinkedHashMap<>();

  /** Nothing is measured yet. */
  public Measured(ValidationSettings settings) {
    this.tracked = settings.tracked();
    this.gains = new GainCounter(tracked.size());
  }

  /** Keeps the values of one validation: row type to metric to value. */
  public void keep(Map<String, Map<String, Object>> values) {
    values.forEach(
        (rowType, ofType) ->
            ofType.forEach(
                (metric, value) ->
                    history
                        .computeIfAbsent(rowType, t -> new LinkedHashMap<>())
                        .computeIfAbsent(metric, m -> new ArrayList<>())
                        .add(value)));
  }

  /**
   * Counts one validation.
   *
   * @param values metric to value, of the rows that count
   * @return per tracked metric, the validations since the last gain
   * @throws FedflowException {@code validation.undefined} (INVALID) if a tracked metric has no
   *     value
   */
  public long[] count(Map<String, Object> values) {
    double[] goodness = new double[tracked.size()];
    for (int i = 0; i < goodness.length; i++) {
      String metric = tracked.get(i);
      if (!(values.get(metric) instanceof Number number)) {
        throw FedflowException.invalid(
            "validation.undefined",
            "early_stopping_rounds: "
                + metric
                + " of the validation rows is undefined, allowed are rows of several labels");
      }
      goodness[i] = TrainingMetrics.goodness(metric, number.doubleValue());
    }
    return gains.update(goodness);
  }

  /** Row type to metric to its value at every validation; empty without any. */
  public Map<String, Object> history() {
    return new LinkedHashMap<>(history);
  }
}
