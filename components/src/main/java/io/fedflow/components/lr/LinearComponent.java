package io.fedflow.components.lr;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.party.Role;
import java.util.Map;
import java.util.Set;

/** A linear model with an arbiter, whatever its family. Stateless; thread-safe. */
abstract sealed class LinearComponent implements Component
    permits HeteroLR, HeteroLinR, HeteroPoisson {

  private final Family family;
  private final ComponentDescriptor descriptor;
  private final CryptoSuite suite;

  LinearComponent(Family family, ParameterSchema schema, CryptoSuite suite) {
    this.family = family;
    this.suite = suite;
    this.descriptor =
        new ComponentDescriptor(
            family.module(),
            Set.of(),
            Set.of(Role.GUEST, Role.HOST, Role.ARBITER),
            schema,
            LrMessages.ALL,
            Map.of(
                Role.GUEST,
                family.module() + "Guest",
                Role.HOST,
                family.module() + "Host",
                Role.ARBITER,
                family.module() + "Arbiter"),
            (params, pointer, problems) -> LrParameters.check(family, params, pointer, problems));
  }

  @Override
  public final ComponentDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public final TaskOutputs run(TaskContext context) throws InterruptedException {
    return context.self().role().equals(Role.GUEST)
        ? new GuestTask(context, suite, family).run()
        : new PeerTask(context, suite, family).run();
  }
}
