package io.fedflow.transport.client;

/** The queue of a site. Thread-safe. */
public final class QueueGroup {

  private final FlowRoutes routes;

  QueueGroup(FlowRoutes routes) {
    this.routes = routes;
  }

  /** Cancels every job that waits. */
  public Pending<Answer> clean() {
    return routes.writeNothing("job/clean/queue");
  }
}
