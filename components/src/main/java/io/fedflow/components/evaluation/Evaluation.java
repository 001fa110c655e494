package io.fedflow.components.evaluation;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.predictions.PredictionTables;
import io.fedflow.party.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures predictions of one or more components, each row type on its own. Does nothing at a party
 * without predictions, such as the host of a hetero model; groups of rows are measured as {@link
 * ClusterTable} tells. Stateless; thread-safe. Source: FATE 1.11, federatedml/evaluation.
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
        context.inputs().data().values().stream()
            .flatMap(List::stream)
            .filter(input -> !isFoldNumbers(input))
            .toList();
    if (!context.params().bool("need_run") || inputs.isEmpty() || isIdleArbiter(context)) {
      context.log().info("nothing to measure at " + context.self());
      return TaskOutputs.none();
    }
    EvalType type = EvalType.of(context.params().text("eval_type"));
    Measuring measuring =
        new Measuring(
            context.tracker(),
            context.log(),
            type,
            MetricNames.resolve(type, context.params().list("metrics")),
            context.params().get("pos_label"));
    Map<String, Object> summary = new LinkedHashMap<>();
    for (DataInput input : inputs) {
      context.checkStopped();
      String dataName = dataName(inputs, input);
      summary.put(dataName, measuring.of(dataName, input.table()));
    }
    context.tracker().summary(summary);
    return TaskOutputs.none();
  }

  // What the arbiter of a clustering has, the distances of clusters, is measured if that is asked.
  private static boolean isIdleArbiter(TaskContext context) {
    return context.self().role().equals(Role.ARBITER)
        && EvalType.of(context.params().text("eval_type")) == EvalType.CLUSTERING
        && !context.params().bool("run_clustering_arbiter_metric");
  }

  // What cross-validation hands on at a party without predictions.
  private static boolean isFoldNumbers(DataInput input) {
    return input.table().schema().header().equals(List.of(PredictionTables.FOLD_NUMBER));
  }

  // The producing component's name, unless two outputs of one component would mix under it.
  private static String dataName(List<DataInput> inputs, DataInput input) {
    long sameComponent =
        inputs.stream().filter(other -> other.component().equals(input.component())).count();
    return sameComponent == 1 ? input.component() : input.source().replace('.', '_');
  }
}
