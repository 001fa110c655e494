package io.fedflow.model;

import io.fedflow.Site;
import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.data.Stages;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * FATE's {@code ModelLoader}: gives what a component of an earlier training learned at the same
 * party, at its end or at a step that it kept, to a component that goes on from there. Thread-safe.
 */
public final class ModelLoaderComponent implements Component {

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          "ModelLoader",
          Set.of(),
          Set.of(Role.GUEST, Role.HOST, Role.ARBITER),
          ParameterSchema.builder()
              .text("model_id", "", "the model's id, the same at every party")
              .text("model_version", "", "the version that was trained")
              .text("component_name", "", "whose model it is")
              .text("model_alias", null, "not needed: a component has one model")
              .any(
                  "step_index",
                  null,
                  "the number of a step that it kept; null for the end of the training",
                  ParameterType.INT,
                  ParameterType.NULL)
              .text("step_name", null, "the name of a step that it kept; step_index goes first")
              .bool("need_run", true, "whether the component runs")
              .build(),
          List.of(),
          Map.of(),
          ModelLoaderComponent::check);

  private final Supplier<Site> site;

  /**
   * A component that loads models of a site.
   *
   * @param site asked when a task runs; the site is made with its components
   */
  public ModelLoaderComponent(Supplier<Site> site) {
    this.site = site;
  }

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  private static void check(Params params, String pointer, Problems problems) {
    for (String name : List.of("model_id", "model_version", "component_name")) {
      if (params.text(name).isBlank()) {
        problems.error(pointer + "/" + name, "is required", "nothing", "a text");
      }
    }
    try {
      step(params);
    } catch (FedflowException wrong) {
      problems.error(pointer, wrong.getMessage(), "another step", "step_index or step_name");
    }
  }

  private static CheckpointStep step(Params params) {
    if (!params.isNull("step_index")) {
      return CheckpointStep.at(params.integer("step_index"));
    }
    return params.isNull("step_name") ? null : CheckpointStep.named(params.text("step_name"));
  }

  @Override
  public TaskOutputs run(TaskContext context) {
    Params params = context.params();
    String version = params.text("model_version");
    String component = params.text("component_name");
    Party self = context.self();
    PipelineModel known =
        Stages.join(site.get().pipelineModels().find(version, self))
            .filter(found -> found.modelId().equals(params.text("model_id")))
            .orElseThrow(
                () ->
                    FedflowException.invalid(
                        "model.unknown",
                        "model_version: "
                            + self
                            + " has no model "
                            + params.text("model_id")
                            + " of version "
                            + version));
    CheckpointStep step = step(params);
    ComponentModel model =
        step == null
            ? site.get()
                .models()
                .load(known.modelVersion(), self, component)
                .orElseThrow(
                    () ->
                        FedflowException.invalid(
                            "model.unknown",
                            "component_name: found '"
                                + component
                                + "', which learned nothing in version "
                                + version
                                + " at "
                                + self))
            : site.get().models().checkpoints().load(version, self, component, step);
    context
        .log()
        .info(
            "the model of "
                + component
                + " of version "
                + version
                + (step == null ? "" : " at " + step)
                + " is loaded");
    return TaskOutputs.of(model);
  }
}
