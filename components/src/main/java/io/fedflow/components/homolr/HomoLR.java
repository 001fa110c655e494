package io.fedflow.components.homolr;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.party.Role;
import java.util.Map;
import java.util.Set;

/**
 * Logistic regression on the rows of guest and hosts that have the same columns; more than two
 * classes by one model for each. Stateless; thread-safe.
 */
public final class HomoLR implements Component {

  static final String MODULE = "HomoLR";

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST, Role.ARBITER),
          HomoLrParameters.SCHEMA,
          HomoLrMessages.ALL,
          Map.of(
              Role.GUEST, "HomoLRClient", Role.HOST, "HomoLRClient", Role.ARBITER, "HomoLRServer"),
          HomoLrParameters::check);

  /** The component. */
  public HomoLR() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    return context.self().role().equals(Role.ARBITER)
        ? new HomoLrArbiter(context).run()
        : new HomoLrMember(context).run();
  }
}
