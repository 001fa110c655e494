package io.fedflow.components.binning;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.task.Parallel;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The guest's part of one task. */
final class BinningGuest {

  private final TaskContext context;
  private final CryptoSuite suite;
  private final Params params;

  BinningGuest(TaskContext context, CryptoSuite suite) {
    this.context = context;
    this.suite = suite;
    this.params = context.params();
  }

  TaskOutputs run() throws InterruptedException {
    BinningTask task = BinningTask.of(context);
    boolean counts = !params.bool("skip_static") && (task.fresh() || hasLabels(task.table()));
    if (!counts) {
      return withoutLabels(task);
    }
    // Read before anything is sent: unsuitable labels end the task before hosts work for it.
    List<String> known = task.model().labels();
    LabelCounts labels = labels(task, task.table(), known);
    if (labels.several() && task.transformType().equals(BinningParameters.WOE)) {
      throw FedflowException.invalid(
          "binning.woe",
          "transform_param.transform_type: found woe for "
              + labels.labels().size()
              + " classes, allowed are bin_num and null");
    }
    ClassCounts counted = new ClassCounts(labels.labels(), params.number("adjustment_factor"));
    BinningTask finished = countOwn(task, labels, counted);
    boolean asks = plan(labels.labels().size());
    if (asks) {
      Table aligned = RowAgreement.align(context, finished.table(), 0);
      new StatisticsGuest(context, suite).addHosts(labels(task, aligned, known), counted);
    }
    BinningModel model = finished.model().with(counted.statistics());
    context.tracker().summary(BinningSummary.ofGuest(model));
    return finished.outputs(context, model);
  }

  private TaskOutputs withoutLabels(BinningTask task) throws InterruptedException {
    if (task.fresh() && task.transformType().equals(BinningParameters.WOE)) {
      throw FedflowException.invalid(
          "binning.woe", "transform_param.transform_type: woe needs statistics of labels");
    }
    plan(0);
    context.tracker().summary(BinningSummary.ofGuest(task.model()));
    return task.outputs(context, task.model());
  }

  private static LabelCounts labels(BinningTask task, Table table, List<String> known) {
    return task.fresh() ? LabelCounts.of(table) : LabelCounts.of(table, known);
  }

  /** Counts own columns, and merges the bins of those whose bins are not finished. */
  private BinningTask countOwn(BinningTask task, LabelCounts labels, ClassCounts counted)
      throws InterruptedException {
    List<String> unfinished = task.unfinished();
    if (!unfinished.isEmpty()) {
      HostOptimal.requireTwo(labels, "the guest asks for optimal binning");
    }
    OptimalSettings settings = unfinished.isEmpty() ? null : OptimalSettings.of(params);
    Map<String, Bins> first = task.model().bins();
    List<String> columns = List.copyOf(first.keySet());
    record Counted(long[][] counts, OptimalBins optimal) {}
    List<Counted> all =
        Parallel.map(
            context,
            columns.size(),
            i -> {
              double[] values = task.table().numbers(columns.get(i));
              Bins bins = first.get(columns.get(i));
              long[][] counts = labels.counts(bins.indexesOf(values), bins.countFor(values));
              return new Counted(
                  counts,
                  unfinished.contains(columns.get(i))
                      ? OptimalBins.of(settings, counts, params.number("adjustment_factor"))
                      : null);
            });
    Map<String, Bins> merged = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      OptimalBins optimal = all.get(i).optimal();
      if (optimal == null) {
        counted.addOwn(columns.get(i), all.get(i).counts(), List.of());
      } else {
        merged.put(columns.get(i), optimal.of(first.get(columns.get(i))));
        counted.addOwn(columns.get(i), optimal.sums(all.get(i).counts()), optimal.metric());
      }
    }
    return task.with(merged);
  }

  /**
   * Tells hosts what is wanted of them.
   *
   * @param classes how many the labels have; 0 without labels
   * @return whether there are hosts that count
   */
  private boolean plan(int classes) throws InterruptedException {
    List<Party> hosts = context.federation().parties(Role.HOST);
    boolean wanted = classes > 0 && HeteroFeatureBinning.wantsHosts(params) && !hosts.isEmpty();
    context
        .federation()
        .sendAll(hosts, BinningMessages.PLAN, Payload.ofLongs(wanted ? classes : 0));
    return wanted;
  }

  private static boolean hasLabels(Table table) {
    double[] labels = table.label();
    return labels != null && labels.length > 0 && !Double.isNaN(labels[0]);
  }
}
