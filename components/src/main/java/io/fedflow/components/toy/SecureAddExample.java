package io.fedflow.components.toy;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.party.Role;
import java.util.Map;
import java.util.Set;

/**
 * Adds rows of a guest and a host without showing them to each other; the job behind {@code flow
 * test toy}. Compatible with FATE 1.11's module of the same name. Stateless; thread-safe.
 */
public final class SecureAddExample implements Component {

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          "SecureAddExample",
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          SecureAddParameters.SCHEMA,
          SecureAddMessages.ALL,
          Map.of(Role.GUEST, "SecureAddGuest", Role.HOST, "SecureAddHost"),
          ComponentDescriptor.ParameterCheck.NONE);

  /** The component. */
  public SecureAddExample() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    SecureAddTask task = new SecureAddTask(context);
    if (context.self().role().equals(Role.GUEST)) {
      context.tracker().summary(Map.of("secure_sum", task.guest()));
    } else {
      task.host();
    }
    return TaskOutputs.none();
  }
}
