package io.fedflow.components.binning;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.components.binning.BinningModel.HostStatistics;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.List;

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
    // Read before anything is sent: unsuitable labels end the task before hosts work for it.
    LabelCounts labels = counts ? LabelCounts.of(task.table()) : null;
    if (!counts && task.fresh() && task.transformType().equals(BinningParameters.WOE)) {
      throw FedflowException.invalid(
          "binning.woe", "transform_param.transform_type: woe needs statistics of labels");
    }
    BinningModel counted = task.model();
    if (counts) {
      counted =
          counted.with(
              StatisticsGuest.own(
                  task.table(), labels, task.model().bins(), params.number("adjustment_factor")),
              List.of());
    }
    List<HostStatistics> hosts = statisticsOfHosts(task.table(), counts);
    if (counts) {
      counted = counted.with(counted.own(), hosts);
    }
    context.tracker().summary(BinningSummary.ofGuest(counted));
    return task.outputs(context, counted);
  }

  private List<HostStatistics> statisticsOfHosts(Table table, boolean counts)
      throws InterruptedException {
    List<Party> hosts = context.federation().parties(Role.HOST);
    boolean wanted = counts && HeteroFeatureBinning.wantsHosts(params) && !hosts.isEmpty();
    context.federation().sendAll(hosts, BinningMessages.PLAN, Payload.ofLongs(wanted ? 1 : 0));
    if (!wanted) {
      return List.of();
    }
    Table aligned = RowAgreement.align(context, table, 0);
    return new StatisticsGuest(context, suite).ofHosts(LabelCounts.of(aligned));
  }

  private static boolean hasLabels(Table table) {
    double[] labels = table.label();
    return labels != null && labels.length > 0 && !Double.isNaN(labels[0]);
  }
}
