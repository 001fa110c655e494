package io.fedflow.components.evaluation;

import java.util.List;
import java.util.Locale;

/** What kind of predictions is measured. */
public enum EvalType {
  /** Two classes. */
  BINARY(
      "auc",
      "ks",
      "lift",
      "gain",
      "accuracy",
      "precision",
      "recall",
      "roc",
      "confusion_mat",
      "psi",
      "f1_score",
      "quantile_pr"),
  /** More than two classes. */
  MULTI("accuracy", "precision", "recall"),
  /** Values. */
  REGRESSION(
      "explained_variance",
      "mean_absolute_error",
      "mean_squared_error",
      "median_absolute_error",
      "r2_score",
      "root_mean_squared_error"),
  /** Groups of rows. */
  CLUSTERING(
      "jaccard_similarity_score",
      "fowlkes_mallows_score",
      "adjusted_rand_score",
      "davies_bouldin_index",
      "distance_measure",
      "contingency_matrix");

  private final List<String> metrics;

  EvalType(String... metrics) {
    this.metrics = List.of(metrics);
  }

  /** The metrics of this type, in the order of reports. */
  List<String> metrics() {
    return metrics;
  }

  static EvalType of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
