package io.fedflow.transport.client;

/** Which versions a server runs. Thread-safe. */
public final class VersionGroup {

  private final FlowRoutes routes;

  VersionGroup(FlowRoutes routes) {
    this.routes = routes;
  }

  /** The version of the routes: {@code data.API}. */
  public Pending<Answer> api() {
    return routes.readNothing("version/get");
  }

  /**
   * The version of a module: {@code data.<module>}.
   *
   * @param module {@code FATE}, {@code FATEFlow}, {@code FATEBoard}, {@code PYTHON}, {@code JDK}, …
   */
  public Pending<Answer> of(String module) {
    return routes.read("version/get", Fields.of("module", module));
  }
}
