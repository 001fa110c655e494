package io.fedflow.components.selection;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.Map;
import java.util.Set;

/**
 * Removes features by a chain of filters at guest and hosts, by values that other components
 * measured or by names. Compatible with FATE 1.11's module of the same name. Stateless;
 * thread-safe.
 */
public final class HeteroFeatureSelection implements Component {

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          SelectionModel.MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          SelectionParameters.SCHEMA,
          SelectionMessages.ALL,
          Map.of(
              Role.GUEST, "HeteroFeatureSelectionGuest", Role.HOST, "HeteroFeatureSelectionHost"),
          SelectionChecks::check,
          MeasureModel.modules());

  /** The component. */
  public HeteroFeatureSelection() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    if (!context.params().bool("need_run")) {
      return ActionPlan.unchanged(context.inputs());
    }
    ActionPlan plan = ActionPlan.of(context.inputs());
    if (plan.table() == null) {
      throw FedflowException.invalid(
          "inputs.missing", SelectionModel.MODULE + ": found no data, needs one table");
    }
    plan.requireRows(SelectionModel.MODULE);
    if (plan.model().isPresent()) {
      Table selected = SelectionModel.apply(plan.model().get(), plan.table());
      return TaskOutputs.of(selected, plan.model().get());
    }
    OwnColumns own = OwnColumns.of(plan.table(), context.params(), context.self());
    SelectionModel model =
        context.self().role().equals(Role.GUEST)
            ? new SelectionGuest(context, own).run()
            : new SelectionHost(context, own).run();
    context.tracker().summary(model.summary());
    Set<String> left = Set.copyOf(model.left());
    Set<String> candidates = Set.copyOf(own.candidates());
    return TaskOutputs.of(
        plan.table().keepFeatures(name -> left.contains(name) || !candidates.contains(name)),
        model.toStored(context.task().component()));
  }
}
