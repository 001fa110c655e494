package io.fedflow.components.binning;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.party.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts columns into bins at guest and hosts and gives the guest weight of evidence and information
 * value of every column, its own and the hosts', without any label leaving the guest. Compatible
 * with FATE 1.11's module of the same name; of more than two classes each is compared with all
 * others. Stateless; thread-safe.
 */
public final class HeteroFeatureBinning implements Component {

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          BinningModel.MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          BinningParameters.SCHEMA,
          BinningMessages.ALL,
          Map.of(Role.GUEST, "HeteroFeatureBinningGuest", Role.HOST, "HeteroFeatureBinningHost"),
          BinningParameters::check);

  private final CryptoSuite suite;

  /** The component, computing on a suite. */
  public HeteroFeatureBinning(CryptoSuite suite) {
    this.suite = suite;
  }

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    if (!context.params().bool("need_run")) {
      return new TaskOutputs(
          ActionPlan.firstInput(context.inputs()).map(List::of).orElse(List.of()),
          context.inputs().model());
    }
    return context.self().role().equals(Role.GUEST)
        ? new BinningGuest(context, suite).run()
        : new BinningHost(context, suite).run();
  }

  /** Tells whether the guest's conf asks the hosts for statistics. */
  static boolean wantsHosts(Params params) {
    return !params.bool("local_only") && !params.bool("skip_static");
  }
}
