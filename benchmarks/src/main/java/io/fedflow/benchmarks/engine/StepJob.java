package io.fedflow.benchmarks.engine;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.party.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * A component that does nothing once it may go on, and jobs of it at a guest and a host.
 *
 * @param gate what every part waits for first
 */
record StepJob(CountDownLatch gate) implements Component {

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          "Step",
          Set.of(Role.GUEST, Role.HOST),
          ParameterSchema.builder().bool("need_run", true, "whether it runs").build(),
          List.of());

  /** A component that never waits. */
  static StepJob open() {
    return new StepJob(new CountDownLatch(0));
  }

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    gate.await();
    return TaskOutputs.none();
  }

  /** A job of so many steps, one after the other. */
  static JobDocuments chain(int steps) {
    Map<String, Object> components = new LinkedHashMap<>();
    for (int i = 0; i < steps; i++) {
      Map<String, Object> step = new LinkedHashMap<>();
      step.put("module", "Step");
      if (i > 0) {
        step.put("input", Map.of("data", Map.of("data", List.of(name(i - 1) + ".data"))));
      }
      step.put("output", Map.of("data", List.of("data")));
      components.put(name(i), step);
    }
    return new JobDocuments(
        Map.of("components", components),
        Map.of(
            "dsl_version",
            2,
            "initiator",
            Map.of("role", "guest", "party_id", 9999),
            "role",
            Map.of("guest", List.of(9999), "host", List.of(10000)),
            "job_parameters",
            Map.of("common", Map.of("job_type", "train"))));
  }

  static String name(int step) {
    return "step_" + step;
  }
}
