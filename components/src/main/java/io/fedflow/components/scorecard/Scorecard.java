package io.fedflow.components.scorecard;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.predictions.PredictionTables;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.failure.Problems;
import io.fedflow.party.Role;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adds credit scores to predictions; does nothing at a party without predictions, such as the host
 * of a hetero model. Compatible with FATE 1.11's module of the same name. Stateless; thread-safe.
 */
public final class Scorecard implements Component {

  private static final String MODULE = "Scorecard";
  private static final List<String> KEPT = List.of("label", "predict_result", "predict_score");

  private static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .choice("method", "credit", List.of("credit"), "how scores are made")
          .number("offset", 500.0, 0.0, null, "the score of a probability of one half")
          .number("factor", 20.0, 0.0, null, "what a score gains when the odds grow by the base")
          .openNumber("factor_base", 2.0, 0.0, null, "the base of the logarithm of the odds")
          .number("upper_limit_ratio", 3.0, 0.0, null, "the largest score by offset")
          .number("lower_limit_value", 0.0, null, null, "the smallest score")
          .bool("need_run", true, "false hands the data on unchanged")
          .build();

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          SCHEMA,
          List.of(),
          Map.of(Role.GUEST, "Scorecard", Role.HOST, "Scorecard"),
          Scorecard::check);

  /** The component. */
  public Scorecard() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) {
    Params params = context.params();
    Optional<Table> input = ActionPlan.firstInput(context.inputs());
    if (!params.bool("need_run") || input.isEmpty()) {
      return ActionPlan.unchanged(context.inputs());
    }
    Table predictions = PredictionTables.require(input.get(), MODULE);
    CreditScore scale =
        new CreditScore(
            params.number("offset"),
            params.number("factor"),
            params.number("factor_base"),
            params.number("upper_limit_ratio") * params.number("offset"),
            params.number("lower_limit_value"));
    double[] scores = Arrays.stream(predictions.numbers("predict_score")).map(scale::of).toArray();
    long strange = Arrays.stream(scores).filter(score -> score == -1).count();
    if (strange > 0) {
      context
          .log()
          .warning(strange + " rows have a predict_score outside 0..1; their credit_score is -1");
    }
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (String name : KEPT) {
      int at = predictions.schema().indexOf(name);
      specs.add(predictions.schema().columns().get(at));
      columns.add(predictions.column(at));
    }
    specs.add(ColumnSpec.feature("credit_score", ""));
    columns.add(new Column.Numbers(scores));
    return TaskOutputs.of(predictions.withColumns(specs, columns));
  }

  private static void check(Params params, String pointer, Problems problems) {
    if (params.number("factor_base") == 1) {
      problems.error(pointer + "/factor_base", "no base of a logarithm", 1, "a number > 0 but 1");
    }
    double upper = params.number("upper_limit_ratio") * params.number("offset");
    if (params.number("lower_limit_value") > upper) {
      problems.error(
          pointer + "/lower_limit_value",
          "above the largest score",
          params.number("lower_limit_value"),
          "at most upper_limit_ratio * offset, " + upper);
    }
  }
}
