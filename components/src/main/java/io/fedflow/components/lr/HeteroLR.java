package io.fedflow.components.lr;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.party.Role;
import java.util.Map;
import java.util.Set;

/**
 * Logistic regression over columns that a guest and one or more hosts hold, with the second-order
 * Taylor loss around 0. An arbiter holds the Paillier key and runs the optimizer; it sees gradients
 * and losses, never rows. Compatible with FATE 1.11's module of the same name; one-vs-rest,
 * cross-validation and stepwise selection are refused. Stateless; thread-safe.
 *
 * @see <a href="https://arxiv.org/abs/1711.10677">Hardy et al. 2017, Private federated learning on
 *     vertically partitioned data</a>
 */
public final class HeteroLR implements Component {

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          LrModel.MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST, Role.ARBITER),
          LrParameters.SCHEMA,
          LrMessages.ALL,
          Map.of(
              Role.GUEST,
              "HeteroLRGuest",
              Role.HOST,
              "HeteroLRHost",
              Role.ARBITER,
              "HeteroLRArbiter"),
          LrParameters::check);

  private final CryptoSuite suite;

  /** The component, computing on a suite. */
  public HeteroLR(CryptoSuite suite) {
    this.suite = suite;
  }

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    Role role = context.self().role();
    if (role.equals(Role.ARBITER)) {
      return new LrArbiter(context, suite).run();
    }
    return role.equals(Role.GUEST)
        ? new LrGuest(context, suite).run()
        : new LrHost(context, suite).run();
  }
}
