package io.fedflow.transport.client;

/** Tasks of jobs. Thread-safe. */
public final class TaskGroup {

  private final FlowRoutes routes;

  TaskGroup(FlowRoutes routes) {
    this.routes = routes;
  }

  /** The newest tasks. */
  public Pending<Answer> list(int limit) {
    return routes.read("job/list/task", Fields.of("limit", limit));
  }

  /** Rows of tasks. */
  public Pending<Answer> query(TaskFilter filter) {
    return routes.read("job/task/query", filter.fields());
  }
}
