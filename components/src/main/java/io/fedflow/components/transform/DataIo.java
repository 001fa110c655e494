package io.fedflow.components.transform;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.party.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The older name of {@link DataTransform}: same parsing, no match ids, models named {@code
 * DataIO…}. Stateless; thread-safe.
 */
public final class DataIo implements Component {

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          "DataIO",
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          TransformParameters.dataIo(),
          List.of(),
          Map.of(Role.GUEST, "DataIO", Role.HOST, "DataIO"),
          TransformParameters::check);

  private final TransformTask task = new TransformTask(TransformMessages.dataIo());

  /** The component. */
  public DataIo() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    return task.run(context);
  }
}
