package io.fedflow.components.binning;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.columns.TrainedColumns;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelMessage;
import io.fedflow.table.AnonymousNames;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What guest and host do alike in one task: find the bins, fresh or stored, and hand on the
 * transformed rows with the model. Immutable.
 *
 * @param table the rows, with exactly the trained columns
 * @param model the bins, without statistics where they are fresh
 * @param fresh whether the bins were cut from these rows
 * @param transformType {@code bin_num}, {@code woe}, or empty
 * @param transformColumns the columns to transform
 * @param meta the settings to store
 * @param settings what the conf asks for; null where the model is stored
 */
record BinningTask(
    Table table,
    BinningModel model,
    boolean fresh,
    String transformType,
    List<String> transformColumns,
    ModelMessage meta,
    BinningSettings settings) {

  /**
   * Reads the inputs of a task and cuts bins if there is no stored model.
   *
   * @throws FedflowException of kind INVALID if inputs, columns or values do not suit
   */
  static BinningTask of(TaskContext context) {
    ActionPlan plan = ActionPlan.of(context.inputs());
    if (plan.table() == null) {
      throw FedflowException.invalid(
          "inputs.missing", BinningModel.MODULE + ": found no data, needs one table");
    }
    plan.requireRows(BinningModel.MODULE);
    return plan.model().isPresent() ? stored(plan) : fresh(context, plan.table());
  }

  private static BinningTask fresh(TaskContext context, Table table) {
    BinningSettings settings = BinningSettings.of(context.params(), table);
    Map<String, Bins> bins = new LinkedHashMap<>();
    for (String column : settings.columns()) {
      bins.put(column, settings.cut(column, table.numbers(column)));
    }
    List<String> missing =
        settings.columns().stream()
            .filter(column -> BinningSettings.isMissing(table.numbers(column)))
            .toList();
    if (!missing.isEmpty()) {
      context.log().warning("columns " + missing + " have no value: all rows are in one bin");
    }
    Map<String, String> anonymous = AnonymousNames.of(table.schema(), context.self());
    BinningModel model =
        new BinningModel(table.schema().header(), List.copyOf(anonymous.values()), bins, List.of());
    return new BinningTask(
        table,
        model,
        true,
        settings.transformType(),
        settings.transformColumns(),
        meta(context.params(), settings, table.schema().header()),
        settings);
  }

  static BinningTask stored(ActionPlan plan) {
    ComponentModel stored = plan.model().orElseThrow();
    BinningModel model = BinningModel.of(stored);
    ModelMessage transform = stored.meta().message("transform_param");
    List<Number> positions = transform.list("transform_cols");
    return new BinningTask(
        TrainedColumns.align(plan.table(), model.header()),
        model,
        false,
        transform.text("transform_type"),
        positions.stream().map(p -> model.header().get(p.intValue())).toList(),
        stored.meta(),
        null);
  }

  /** The columns whose bins are first bins, to be merged by labels; in header order. */
  List<String> unfinished() {
    return fresh ? model.bins().keySet().stream().filter(settings::optimises).toList() : List.of();
  }

  /** The same with other bins for some columns. */
  BinningTask with(Map<String, Bins> other) {
    Map<String, Bins> bins = new LinkedHashMap<>(model.bins());
    bins.putAll(other);
    return new BinningTask(
        table, model.withBins(bins), fresh, transformType, transformColumns, meta, settings);
  }

  /** Column name to anonymous name, as at training. */
  Map<String, String> anonymousNames() {
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < model.header().size(); i++) {
      names.put(model.header().get(i), model.anonymousHeader().get(i));
    }
    return names;
  }

  /**
   * Transforms and packs up.
   *
   * @param counted the bins with the statistics of this task's rows
   */
  TaskOutputs outputs(TaskContext context, BinningModel counted) {
    // Rows keep the weights of the training data; statistics of new rows only go on record.
    BinningModel applied = fresh ? counted : model;
    ModelMessage param =
        applied.toParam(
            context.self().role().name(),
            context.self().id(),
            fresh ? Optional.empty() : Optional.of(counted));
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    messages.put(BinningModel.META_NAME, meta);
    messages.put(BinningModel.PARAM_NAME, param);
    return TaskOutputs.of(
        BinTransform.apply(table, applied, transformType, transformColumns),
        new ComponentModel(context.task().component(), BinningModel.MODULE, "model", messages));
  }

  private static ModelMessage meta(Params params, BinningSettings settings, List<String> header) {
    Map<String, Object> values = commonMeta(params, settings, header);
    values.put("local_only", params.bool("local_only"));
    values.put("method", settings.method());
    values.put(
        "optimal_metric_method",
        MergeMetric.named(params.object("optimal_binning_param").text("metric_method")).spoken());
    return new ModelMessage(BinningModel.META, values);
  }

  /** The settings that binnings of columns and of rows have in common. */
  static Map<String, Object> commonMeta(
      Params params, BinningSettings settings, List<String> header) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("need_run", params.bool("need_run"));
    values.put("compress_thres", (long) params.integer("compress_thres"));
    values.put("head_size", (long) params.integer("head_size"));
    values.put("error", params.number("error"));
    values.put("bin_num", (long) settings.binCount());
    values.put("cols", settings.columns());
    values.put("adjustment_factor", settings.adjustment());
    List<Long> positions = new ArrayList<>();
    settings.transformColumns().forEach(c -> positions.add((long) header.indexOf(c)));
    values.put("transform_param", BinningModel.transformMeta(positions, settings.transformType()));
    values.put("skip_static", params.bool("skip_static"));
    return values;
  }
}
