package io.fedflow.components.evaluation;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.failure.Problems;
import java.util.List;

/** What Evaluation accepts in a conf. */
final class EvaluationParameters {

  private EvaluationParameters() {}

  static ParameterSchema schema() {
    return ParameterSchema.builder()
        .choice(
            "eval_type",
            "binary",
            List.of("binary", "multi", "regression", "clustering"),
            "kind of the predictions")
        .any(
            "pos_label",
            1,
            "binary: this label counts as 1, all others as 0; 0 or an empty text takes labels as"
                + " they are",
            ParameterType.NUMBER,
            ParameterType.TEXT,
            ParameterType.NULL)
        .any(
            "metrics",
            null,
            "what to measure; null for all metrics of the type",
            ParameterType.LIST,
            ParameterType.NULL)
        .bool("need_run", true, "false measures nothing")
        .bool(
            "run_clustering_arbiter_metric",
            false,
            "clustering: whether the arbiter, which has the distances, measures too")
        .bool("unfold_multi_result", false, "multi: also auc and ks per class; not supported yet")
        .build();
  }

  static void check(Params params, String pointer, Problems problems) {
    String type = params.text("eval_type");
    if (params.bool("unfold_multi_result")) {
      problems.error(pointer + "/unfold_multi_result", "not supported yet", true, "false");
    }
    List<?> metrics = params.list("metrics");
    List<String> allowed = EvalType.of(type).metrics();
    for (int i = 0; metrics != null && i < metrics.size(); i++) {
      if (!allowed.contains(MetricNames.canonical(metrics.get(i)))) {
        problems.error(
            pointer + "/metrics/" + i,
            "no metric of eval_type " + type,
            metrics.get(i),
            "one of " + allowed);
      }
    }
  }
}
