package io.fedflow.transport.client;

/** Models at steps of their training. Thread-safe. */
public final class CheckpointGroup {

  private final FlowRoutes routes;

  CheckpointGroup(FlowRoutes routes) {
    this.routes = routes;
  }

  /** The steps of a component that were kept. */
  public Pending<Answer> list(ModelAt model, String role, String partyId, String component) {
    return routes.read("checkpoint/list", step(model, role, partyId, component));
  }

  /** A component's model at a step, by number. */
  public Pending<Answer> get(
      ModelAt model, String role, String partyId, String component, int stepIndex) {
    return routes.read(
        "checkpoint/get", step(model, role, partyId, component).and("step_index", stepIndex));
  }

  /** A component's model at a step, by name. */
  public Pending<Answer> get(
      ModelAt model, String role, String partyId, String component, String stepName) {
    return routes.read(
        "checkpoint/get", step(model, role, partyId, component).and("step_name", stepName));
  }

  private static Fields step(ModelAt model, String role, String partyId, String component) {
    return Fields.none().model(model).and("component_name", component).at(role, partyId);
  }
}
