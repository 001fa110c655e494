package io.fedflow.components.split;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts a party's own rows into three tables; nothing crosses. Compatible with FATE 1.11's module of
 * the same name. Stateless; thread-safe.
 */
public final class HomoDataSplit implements Component {

  private static final String MODULE = "HomoDataSplit";

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          SplitParameters.SCHEMA,
          List.of(),
          Map.of(Role.GUEST, "HomoDataSplitGuest", Role.HOST, "HomoDataSplitHost"),
          SplitParameters::check);

  /** The component. */
  public HomoDataSplit() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) {
    if (!context.params().bool("need_run")) {
      return ActionPlan.unchanged(context.inputs());
    }
    Table table = ActionPlan.ofOneTable(context.inputs(), MODULE).table().sortedById();
    return SplitTask.finish(context, table, SplitTask.draw(context, table));
  }
}
