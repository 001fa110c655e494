package io.fedflow.components.boosting;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.crossvalidation.FoldSettings;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.party.Role;
import java.util.Map;
import java.util.Set;

/**
 * Gradient boosted trees over columns that a guest and one or more hosts hold. The guest has the
 * labels and the key; hosts add up encrypted derivatives of the loss by node, column and bin.
 * Compatible with FATE 1.11's modules HeteroSecureBoost and HeteroFastSecureBoost; trees of several
 * outputs, EINI and checkpoints are refused. Stateless; thread-safe.
 *
 * @see <a href="https://arxiv.org/abs/1901.08755">Cheng et al. 2019, SecureBoost: a lossless
 *     federated learning framework</a>
 */
public final class HeteroSecureBoost implements Component {

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          BoostModel.MODULE,
          Set.of("HeteroFastSecureBoost"),
          Set.of(Role.GUEST, Role.HOST),
          BoostParameters.SCHEMA,
          BoostMessages.ALL,
          Map.of(
              Role.GUEST,
              "HeteroSecureBoostingTreeGuest",
              Role.HOST,
              "HeteroSecureBoostingTreeHost"),
          BoostRules::check);

  private final CryptoSuite suite;

  /** The component, computing on a suite. */
  public HeteroSecureBoost(CryptoSuite suite) {
    this.suite = suite;
  }

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    return FoldSettings.wanted(context.params())
        ? new BoostFolds(context, suite).run()
        : once(context, suite);
  }

  /** Trains or predicts, in a task or in a fold. */
  static TaskOutputs once(TaskContext context, CryptoSuite suite) throws InterruptedException {
    return context.self().role().equals(Role.GUEST)
        ? new BoostGuest(context, suite).run()
        : new BoostHost(context, suite).run();
  }
}
