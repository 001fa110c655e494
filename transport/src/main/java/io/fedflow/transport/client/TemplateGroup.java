package io.fedflow.transport.client;

import java.nio.file.Path;

/** Examples that a server gives away. Thread-safe. */
public final class TemplateGroup {

  private final FlowRoutes routes;

  TemplateGroup(FlowRoutes routes) {
    this.routes = routes;
  }

  /**
   * Unpacks the examples below a folder, over what is there.
   *
   * @param minData whether large tables are left out
   * @return the folder
   */
  public Pending<Path> download(boolean minData, Path output) {
    return routes.archive(
        "POST", "template/download", Fields.of("min_data", minData ? 1 : 0), output, "");
  }
}
