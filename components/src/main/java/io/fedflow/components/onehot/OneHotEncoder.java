package io.fedflow.components.onehot;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.party.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces columns of whole numbers or texts by a column of zeros and ones for each value, each
 * party its own. Compatible with FATE 1.11's module of the same name; the new columns stand in
 * ascending order of values. Stateless; thread-safe.
 */
public final class OneHotEncoder implements Component {

  static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .any(
              "transform_col_indexes",
              -1,
              "positions of the columns to replace; -1 for all",
              ParameterType.INT,
              ParameterType.LIST,
              ParameterType.NULL)
          .any(
              "transform_col_names",
              null,
              "names of further columns to replace",
              ParameterType.LIST,
              ParameterType.NULL)
          .bool("need_run", true, "false hands the data on unchanged")
          .build();

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          OneHotModel.MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          SCHEMA,
          List.of(),
          Map.of(Role.GUEST, "OneHotEncoder", Role.HOST, "OneHotEncoder"),
          ComponentDescriptor.ParameterCheck.NONE);

  /** The component. */
  public OneHotEncoder() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    return Encoding.run(context, OneHotModel.MODULE, ValueAgreement.NONE);
  }
}
