package io.fedflow.components.onehot;

import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.columns.FeatureColumns;
import io.fedflow.components.columns.TrainedColumns;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.table.Table;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a party with rows does, whoever it agrees with. Stateless. */
final class Encoding {

  private Encoding() {}

  static TaskOutputs run(TaskContext context, String module, ValueAgreement agreement)
      throws InterruptedException {
    if (!context.params().bool("need_run")) {
      return ActionPlan.unchanged(context.inputs());
    }
    ActionPlan plan = ActionPlan.ofOneTable(context.inputs(), module);
    Table table = FeatureColumns.requireInstances(plan.table(), module);
    OneHotModel model;
    if (plan.model().isPresent()) {
      agreement.skip();
      model = OneHotModel.of(plan.model().get());
      table = TrainedColumns.align(table, model.header());
    } else {
      model = agreement.agree(OneHotModel.fit(context, table)).requireDistinctNames();
    }
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("original_dimension", model.header().size());
    summary.put("transferred_dimension", model.resultHeader().size());
    context.tracker().summary(summary);
    return TaskOutputs.of(
        model.apply(table),
        plan.model().orElseGet(() -> model.toStored(context.task().component(), module)));
  }
}
