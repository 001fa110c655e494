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
 * Parses raw rows to instances: features, label, anonymous names; replaces missing values and
 * outliers. Stateless; thread-safe. Source: FATE 1.11, federatedml/util/data_transform.py.
 */
public final class DataTransform implements Component {

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          "DataTransform",
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          TransformParameters.dataTransform(),
          List.of(),
          Map.of(Role.GUEST, "DataTransform", Role.HOST, "DataTransform"),
          TransformParameters::checkWithMatchId);

  private final TransformTask task = new TransformTask(TransformMessages.dataTransform());

  /** The component. */
  public DataTransform() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    return task.run(context);
  }
}
