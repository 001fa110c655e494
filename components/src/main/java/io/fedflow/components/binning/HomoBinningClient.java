package io.fedflow.components.binning;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.columns.FeatureColumns;
import io.fedflow.components.columns.HeaderDigest;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Role;
import io.fedflow.table.AnonymousNames;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** A guest's or host's part: cuts columns where all parties cut them. */
record HomoBinningClient(TaskContext context) {

  private static final MessageTag FIRST = MessageTag.of(CommonRanks.MORE, 0);

  TaskOutputs run() throws InterruptedException {
    ActionPlan plan = ActionPlan.ofOneTable(context.inputs(), HomoFeatureBinning.MODULE);
    Table table = FeatureColumns.requireInstances(plan.table(), HomoFeatureBinning.MODULE);
    if (plan.model().isPresent()) {
      agree(List.of(), List.of());
      BinningTask task = BinningTask.stored(plan);
      return TaskOutputs.of(
          BinTransform.apply(
              task.table(), task.model(), task.transformType(), task.transformColumns()),
          plan.model().get());
    }
    BinningSettings settings = BinningSettings.of(context.params(), table);
    if (!settings.given().isEmpty()) {
      agree(List.of(), List.of());
      return outputs(table, settings, settings.given());
    }
    List<String> categories =
        settings.columns().stream().filter(settings.categories()::contains).toList();
    List<String> ranked =
        settings.columns().stream().filter(name -> !categories.contains(name)).toList();
    agree(ranked, categories);
    Map<String, Bins> found = new HashMap<>();
    if (!categories.isEmpty()) {
      found.putAll(CommonCategories.agree(context, table, categories));
    }
    if (!ranked.isEmpty()) {
      found.putAll(cut(table, ranked));
    }
    Map<String, Bins> bins = new LinkedHashMap<>();
    settings.columns().forEach(name -> bins.put(name, found.get(name)));
    return outputs(table, settings, bins);
  }

  private Map<String, Bins> cut(Table table, List<String> names) throws InterruptedException {
    double[][] columns = names.stream().map(table::numbers).toArray(double[][]::new);
    CommonRanks ranks = CommonRanks.of(context, names, columns);
    Bins[] cuts = HomoCuts.of(ranks, context.params());
    ranks.end();
    Map<String, Bins> bins = new HashMap<>();
    for (int i = 0; i < cuts.length; i++) {
      bins.put(names.get(i), cuts[i]);
    }
    return bins;
  }

  /** The guest says what is done, hosts compare. */
  private void agree(List<String> ranked, List<String> categories) throws InterruptedException {
    Federation federation = context.federation();
    List<String> columns = new ArrayList<>(ranked);
    columns.addAll(categories);
    long[] own =
        LongStream.concat(
                LongStream.of(ranked.size(), categories.size()),
                HeaderDigest.of(columns).stream().mapToLong(Long::longValue))
            .toArray();
    if (context.self().role().equals(Role.GUEST)) {
      federation.sendAll(federation.parties(Role.ARBITER), FIRST, Payload.ofLongs(own));
      federation.sendAll(federation.parties(Role.HOST), FIRST, Payload.ofLongs(own));
      return;
    }
    long[] said = federation.receive(federation.parties(Role.GUEST).get(0), FIRST).asLongs();
    if (!Arrays.equals(said, own)) {
      throw FedflowException.invalid(
          "columns.mismatch",
          "the guest cuts other columns, or in another order, than this host's "
              + columns
              + ", or has a model; allowed is the same at all parties");
    }
  }

  private TaskOutputs outputs(Table table, BinningSettings settings, Map<String, Bins> bins) {
    List<String> header = table.schema().header();
    Map<String, String> anonymous = AnonymousNames.of(table.schema(), context.self());
    BinningModel model = new BinningModel(header, List.copyOf(anonymous.values()), bins, List.of());
    Map<String, Object> summary = new LinkedHashMap<>();
    bins.forEach((name, cut) -> summary.put(name, Arrays.stream(cut.points()).boxed().toList()));
    context.tracker().summary(summary);
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    messages.put(BinningModel.META_NAME, meta(settings, header));
    messages.put(
        BinningModel.PARAM_NAME,
        model.toParam(context.self().role().name(), context.self().id(), Optional.empty()));
    return TaskOutputs.of(
        BinTransform.apply(table, model, settings.transformType(), settings.transformColumns()),
        new ComponentModel(
            context.task().component(), HomoFeatureBinning.MODULE, "model", messages));
  }

  private ModelMessage meta(BinningSettings settings, List<String> header) {
    Params params = context.params();
    Map<String, Object> values = BinningTask.commonMeta(params, settings, header);
    values.put("method", settings.method());
    return new ModelMessage(BinningModel.META, values);
  }
}
