package io.fedflow.testkit.pipeline;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Role;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the jobs of the contract run: one that makes everything, one nothing, one that fails. */
final class InvokedComponents {

  static final String MAKE = "Make";
  static final String IDLE = "Idle";
  static final String FAIL = "Fail";

  private static final MessageSchema WEIGHTS =
      MessageSchema.builder("Weights").repeated("best_weight", 1, Type.DOUBLE).build();

  private InvokedComponents() {}

  static ComponentCatalog catalog() {
    return new ComponentCatalog(
        List.of(
            component(MAKE, InvokedComponents::make),
            component(IDLE, context -> TaskOutputs.none()),
            component(
                FAIL,
                context -> {
                  throw FedflowException.invalid("contract.failed", "it fails as it was told");
                })));
  }

  private static Component component(String module, Component.Work work) {
    ParameterSchema parameters =
        ParameterSchema.builder().integer("rows", 3, 0, null, "how many rows it makes").build();
    return Component.of(
        new ComponentDescriptor(module, Set.of(Role.GUEST, Role.HOST), parameters, List.of()),
        work);
  }

  private static TaskOutputs make(TaskContext context) {
    int rows = context.params().integer("rows");
    context.tracker().summary(Map.of("rows", rows));
    String[] ids = new String[rows];
    double[] values = new double[rows];
    for (int row = 0; row < rows; row++) {
      ids[row] = "r" + row;
      values[row] = row + 0.5;
    }
    Table table =
        new Table(
            new TableSchema(TableKind.INSTANCE, "id", List.of(ColumnSpec.feature("x", "x")), ","),
            ids,
            List.of(new Column.Numbers(values)));
    ModelMessage param = new ModelMessage(WEIGHTS, Map.of("best_weight", List.of(1.5, -2.0)));
    return TaskOutputs.of(
        table,
        new ComponentModel(
            context.task().component(), MAKE, "model", Map.of("WeightsParam", param)));
  }
}
