package io.fedflow.components.binning;

import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
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
    long[] plan = context.federation().receive(guest, BinningMessages.PLAN).asLongs();
    if (plan.length == 1 && plan[0] == 1) {
      Table aligned = RowAgreement.align(context, task.table(), 0);
      Map<String, Bins> reported =
          HeteroFeatureBinning.wantsHosts(context.params()) ? task.model().bins() : Map.of();
      new StatisticsHost(context, suite, guest).answer(aligned, reported, task.anonymousNames());
    }
    context.tracker().summary(BinningSummary.ofHost(task.model()));
    return task.outputs(context, task.model());
  }
}
