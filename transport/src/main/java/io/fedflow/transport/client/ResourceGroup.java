package io.fedflow.transport.client;

/** What jobs take of a site. Thread-safe. */
public final class ResourceGroup {

  private final FlowRoutes routes;

  ResourceGroup(FlowRoutes routes) {
    this.routes = routes;
  }

  /** What there is, and which jobs hold it. */
  public Pending<Answer> query() {
    return routes.read("resource/query", Fields.none());
  }

  /** Takes back what a job holds. */
  public Pending<Answer> giveBack(String jobId) {
    return routes.write("resource/return", Fields.of("job_id", jobId));
  }
}
