package io.fedflow.transport.client;

import io.fedflow.party.Party;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Components of jobs: metrics, parameters, outputs. Thread-safe. */
public final class ComponentGroup {

  private final FlowRoutes routes;

  ComponentGroup(FlowRoutes routes) {
    this.routes = routes;
  }

  /** The names of a job's components. */
  public Pending<Answer> list(String jobId) {
    return routes.read("tracking/component/list", Fields.of("job_id", jobId));
  }

  /** The names of a component's metrics. */
  public Pending<Answer> metrics(ComponentAt at) {
    return tracking("metrics", at);
  }

  /** All metrics of a component. */
  public Pending<Answer> metricAll(ComponentAt at) {
    return tracking("metric/all", at);
  }

  /** Deletes the metrics of a job. */
  public Pending<Answer> metricDelete(String jobId) {
    return routes.write("tracking/component/metric/delete", Fields.of("job_id", jobId));
  }

  /** The parameters that a component ran with. */
  public Pending<Answer> parameters(ComponentAt at) {
    return tracking("parameters", at);
  }

  /** What a component learned. */
  public Pending<Answer> outputModel(ComponentAt at) {
    return tracking("output/model", at);
  }

  /** Where a component's output tables are. */
  public Pending<Answer> outputDataTable(ComponentAt at) {
    return tracking("output/data/table", at);
  }

  /**
   * Stores the output rows of a component below a folder, each output as {@code .csv} and {@code
   * .meta}.
   *
   * @param limit how many rows of each output; -1 for all
   * @return the folder {@code job_<job>_<component>_<role>_<party>_output_data}
   */
  public Pending<Path> outputData(ComponentAt at, Path output, int limit) {
    String name =
        String.join("_", "job", at.jobId(), at.component(), at.role(), at.partyId(), "output_data");
    return routes.archive(
        "GET",
        "tracking/component/output/data/download",
        Fields.none().component(at).and("limit", limit),
        output,
        name);
  }

  /** The summary of a component. */
  public Pending<Answer> summary(ComponentAt at) {
    return tracking("summary/download", at);
  }

  /** Stores {@link #summary(ComponentAt)} in a file. */
  public Pending<Path> summary(ComponentAt at, Path target) {
    return routes.stored(
        "POST",
        "tracking/component/summary/download",
        Fields.none().component(at).and("filename", target.getFileName().toString()),
        target);
  }

  /** Every module that the server knows, with its providers. */
  public Pending<Answer> modules() {
    return routes.read("component/get", Fields.none());
  }

  /**
   * Merges the parts of a model into one that all parties see.
   *
   * @param more {@code model_type}, {@code output_format} and what else the route takes
   */
  public Pending<Answer> heteroModelMerge(
      ModelAt model, String guest, List<String> hosts, String component, Map<String, ?> more) {
    return routes.read(
        "component/hetero/merge",
        Fields.none()
            .model(model)
            .and("guest_party_id", Party.documentId(guest))
            .and("host_party_ids", hosts.stream().map(Party::documentId).toList())
            .and("component_name", component)
            .all(more));
  }

  /** The weights of evidence in a binning model. */
  public Pending<Answer> woeArrayExtract(
      ModelAt model, String role, String partyId, String component) {
    return routes.read("component/woe_array/extract", woe(model, role, partyId, component));
  }

  /** Puts weights of evidence into a binning model. */
  public Pending<Answer> woeArrayMerge(
      ModelAt model, String role, String partyId, String component, Object woeArray) {
    return routes.write(
        "component/woe_array/merge",
        woe(model, role, partyId, component).and("woe_array", woeArray));
  }

  private Pending<Answer> tracking(String what, ComponentAt at) {
    return routes.read("tracking/component/" + what, Fields.none().component(at));
  }

  private static Fields woe(ModelAt model, String role, String partyId, String component) {
    return Fields.none().model(model).and("component_name", component).at(role, partyId);
  }
}
