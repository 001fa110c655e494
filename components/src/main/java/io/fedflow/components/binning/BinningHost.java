package io.fedflow.components.binning;

import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.LinkedHashMap;
import java.util.Map;

/** A host's part of one task. */
final class BinningHost {

  private final TaskContext context;
  private final CryptoSuite suite;

  BinningHost(TaskContext context, CryptoSuite suite) {
    this.context = context;
    this.suite = suite;
  }

  TaskOutputs run() throws InterruptedException {
    BinningTask task = BinningTask.of(context);
    if (task.transformType().equals(BinningParameters.WOE)) {
      BinTransform.requireWeights(task.model(), task.transformColumns());
    }
    Party guest =
        context.federation().parties(Role.GUEST).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    FedflowException.invalid(
                        "parties.guest", BinningModel.MODULE + " at a host needs a guest"));
    int classes = plan(guest);
    Map<String, Bins> finished = new LinkedHashMap<>();
    boolean reports = classes > 0 && HeteroFeatureBinning.wantsHosts(context.params());
    if (classes > 0) {
      Table aligned = RowAgreement.align(context, task.table(), 0);
      finished.putAll(
          new StatisticsHost(context, suite, guest)
              .answer(
                  aligned,
                  reports ? task.model().bins() : Map.of(),
                  task.anonymousNames(),
                  classes,
                  task.unfinished(),
                  task.unfinished().isEmpty() ? null : OptimalSettings.of(context.params())));
    }
    if (!reports && !task.unfinished().isEmpty()) {
      context
          .log()
          .warning(
              "method optimal: without statistics nobody tells what is optimal; "
                  + task.unfinished().size()
                  + " columns have bin_num bins by init_bucket_method");
      task.unfinished()
          .forEach(
              name ->
                  finished.put(
                      name, task.settings().cutWithoutLabels(name, task.table().numbers(name))));
    }
    BinningTask done = task.with(finished);
    context.tracker().summary(BinningSummary.ofHost(done.model()));
    return done.outputs(context, done.model());
  }

  /** How many classes the guest counts; 0 if it wants no counts. */
  private int plan(Party guest) throws InterruptedException {
    long[] plan = context.federation().receive(guest, BinningMessages.PLAN).asLongs();
    if (plan.length != 1 || plan[0] < 0 || plan[0] == 1 || plan[0] > LabelCounts.MOST_CLASSES) {
      throw FedflowException.peer(
          "binning.message",
          guest
              + ": found a plan of "
              + plan.length
              + " numbers, allowed is one: no class, or 2.."
              + LabelCounts.MOST_CLASSES);
    }
    return (int) plan[0];
  }
}
