package io.fedflow.components.evaluation;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.component.TaskOutputs;
import io.fedflow.party.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures predictions of one or more components, each row type on its own. Does nothing at a party
 * without predictions, such as the host of a hetero model. Stateless; thread-safe. Source: FATE
 * 1.11, federatedml/evaluation.
 */
public final class Evaluation implements Component {

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          "Evaluation",
          Set.of(),
          Set.of(Role.GUEST, Role.HOST, Role.ARBITER),
          EvaluationParameters.schema(),
          List.of(),
          Map.of(Role.GUEST, "Evaluation", Role.HOST, "Evaluation", Role.ARBITER, "Evaluation"),
          EvaluationParameters::check);

  /** The component. */
  public Evaluation() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    List<DataInput> inputs =
        context.inputs().data().values().stream().flatMap(List::stream).toList();
    if (!context.params().bool("need_run") || inputs.isEmpty()) {
      context.log().info("nothing to measure at " + context.self());
      return TaskOutputs.none();
    }
    Map<String, Object> summary = new LinkedHashMap<>();
    for (DataInput input : inputs) {
      context.checkStopped();
      String dataName = dataName(inputs, input);
      summary.put(
          dataName, measure(context, PredictionRows.split(dataName, input.table()), dataName));
    }
    context.tracker().summary(summary);
    return TaskOutputs.none();
  }

  private static Map<String, Object> measure(
      TaskContext context, Map<String, PredictionRows> byType, String dataName) {
    EvalType evalType = EvalType.of(context.params().text("eval_type"));
    List<String> metrics = MetricNames.resolve(evalType, context.params().list("metrics"));
    Map<String, RankedScores> ranked = new LinkedHashMap<>();
    Map<String, Object> summary = new LinkedHashMap<>();
    byType.forEach(
        (type, rows) -> {
          MetricReport report = new MetricReport(context.tracker(), type, dataName);
          switch (evalType) {
            case BINARY -> {
              RankedScores scores =
                  new RankedScores(
                      BinaryLabels.of(rows, context.params().get("pos_label")),
                      rows.requiredScores());
              ranked.put(type, scores);
              BinaryMetrics.measure(metrics, scores, report, context.log());
            }
            case MULTI ->
                MultiMetrics.measure(
                    metrics,
                    rows.texts("label", rows.labels()),
                    rows.texts("predict_result", rows.results()),
                    report);
            case REGRESSION ->
                RegressionMetrics.measure(
                    metrics, rows.numbers("label", rows.labels()), rows.requiredScores(), report);
          }
          summary.put(type, report.finish());
        });
    if (metrics.contains("psi") && ranked.containsKey("train") && ranked.containsKey("validate")) {
      reportPsi(
          new MetricReport(context.tracker(), "validate", dataName),
          Psi.of(ranked.get("train"), ranked.get("validate")));
    }
    return summary;
  }

  private static void reportPsi(MetricReport report, Psi psi) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("psi_scores", Rounding.round(psi.scores()));
    facts.put("total_psi", Rounding.round(psi.total()));
    facts.put("expected_interval", Rounding.round(psi.expected()));
    facts.put("expected_percentage", Rounding.round(psi.expectedShare()));
    facts.put("actual_interval", Rounding.round(psi.actual()));
    facts.put("actual_percentage", Rounding.round(psi.actualShare()));
    facts.put("train_pos_perc", Rounding.round(psi.trainPositives()));
    facts.put("validate_pos_perc", Rounding.round(psi.validatePositives()));
    facts.put("intervals", psi.intervals());
    report.facts("psi", "PSI", facts);
  }

  // The producing component's name, unless two outputs of one component would mix under it.
  private static String dataName(List<DataInput> inputs, DataInput input) {
    long sameComponent =
        inputs.stream().filter(other -> other.component().equals(input.component())).count();
    return sameComponent == 1 ? input.component() : input.source().replace('.', '_');
  }
}
