package io.fedflow.components.selection;

import java.util.List;

/**
 * One filter of the chain. Immutable.
 *
 * @param method the filter method
 * @param name the filter's name in models and summaries
 * @param metric what it judges by; empty for none
 * @param model the model that it reads values from; null for none
 * @param rule how it judges
 * @param takeHigh whether high values stay
 * @param threshold bound, count or share, by {@code rule}
 * @param hostThresholds null, a number for all hosts, or a list with one for each
 * @param federated whether the guest decides over the hosts' columns too
 * @param merge what becomes of the information values of several classes
 */
record FilterStep(
    String method,
    String name,
    String metric,
    MeasureModel model,
    KeepRule rule,
    boolean takeHigh,
    double threshold,
    Object hostThresholds,
    boolean federated,
    ClassMerge merge) {

  /** A filter by name. */
  static FilterStep manual(String method) {
    return new FilterStep(
        method, method, "", null, KeepRule.MANUAL, true, 0, null, false, ClassMerge.AVERAGE);
  }

  /** A filter by a threshold of values that every party has of its own columns. */
  static FilterStep own(
      String method, String metric, MeasureModel model, boolean takeHigh, double threshold) {
    return new FilterStep(
        method,
        method,
        metric,
        model,
        KeepRule.THRESHOLD,
        takeHigh,
        threshold,
        null,
        false,
        ClassMerge.AVERAGE);
  }

  /** A filter by information values. */
  static FilterStep iv(
      String name,
      KeepRule rule,
      double threshold,
      Object hostThresholds,
      boolean federated,
      ClassMerge merge) {
    return new FilterStep(
        name,
        name,
        SelectionParameters.IV,
        MeasureModel.BINNING,
        rule,
        true,
        threshold,
        hostThresholds,
        federated,
        merge);
  }

  /** The filter by correlations. */
  static FilterStep correlation(double threshold, boolean federated) {
    return new FilterStep(
        SelectionParameters.CORRELATION,
        SelectionParameters.CORRELATION,
        "correlation",
        MeasureModel.CORRELATIONS,
        KeepRule.CORRELATION,
        false,
        threshold,
        null,
        federated,
        ClassMerge.AVERAGE);
  }

  /** Whether values that need labels judge: only the guest has them. */
  boolean byInformation() {
    return model == MeasureModel.BINNING || rule == KeepRule.CORRELATION;
  }

  /** The threshold that applies to the columns of a host. */
  double thresholdOfHost(int host) {
    if (hostThresholds instanceof Number number) {
      return number.doubleValue();
    }
    return hostThresholds instanceof List<?> list
            && host < list.size()
            && list.get(host) instanceof Number number
        ? number.doubleValue()
        : threshold;
  }
}
