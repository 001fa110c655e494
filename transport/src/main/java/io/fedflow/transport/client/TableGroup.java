package io.fedflow.transport.client;

import java.nio.file.Path;
import java.util.Map;

/** Stored tables. Thread-safe. */
public final class TableGroup {

  private final FlowRoutes routes;

  TableGroup(FlowRoutes routes) {
    this.routes = routes;
  }

  /** What a table is. */
  public Pending<Answer> info(String namespace, String name) {
    return routes.read("table/table_info", named(namespace, name));
  }

  /** Deletes a table. */
  public Pending<Answer> delete(String namespace, String name) {
    return routes.write("table/delete", named(namespace, name));
  }

  /** Deletes the output tables of a component, or of all that the filter leaves open. */
  public Pending<Answer> delete(TaskFilter filter) {
    return routes.write("table/delete", filter.fields());
  }

  /** Keeps jobs from reading a table. */
  public Pending<Answer> disable(String namespace, String name) {
    return routes.write("table/disable", named(namespace, name));
  }

  /** Lets jobs read a table again. */
  public Pending<Answer> enable(String namespace, String name) {
    return routes.write("table/enable", named(namespace, name));
  }

  /** Deletes all tables that are disabled. */
  public Pending<Answer> disableDelete() {
    return routes.write("table/disable/delete", Fields.none());
  }

  /**
   * Makes a table of data that lies elsewhere.
   *
   * @param conf {@code engine}, {@code name}, {@code namespace}, {@code address}, …
   * @param drop whether a table of that name is replaced
   */
  public Pending<Answer> bind(Map<String, ?> conf, boolean drop) {
    return routes.write("table/bind", Fields.none().all(conf).and("drop", drop));
  }

  /** {@link #bind(Map, boolean)} with the conf from a file. */
  public Pending<Answer> bind(Path conf, boolean drop) {
    return routes.withConf(conf, tree -> bind(tree, drop));
  }

  /** Makes a table of data in a store of the server. */
  public Pending<Answer> add(Map<String, ?> conf) {
    return routes.write("table/add", Fields.none().all(conf));
  }

  /** Makes a table of data in a store of the server. The conf is read from a file. */
  public Pending<Answer> add(Path conf) {
    return routes.withConf(conf, this::add);
  }

  /** Names a connection to an outside store. */
  public Pending<Answer> connectorCreate(Map<String, ?> conf) {
    return routes.write("table/connector/create", Fields.none().all(conf));
  }

  /** Names a connection to an outside store. The conf is read from a file. */
  public Pending<Answer> connectorCreate(Path conf) {
    return routes.withConf(conf, this::connectorCreate);
  }

  /** A named connection to an outside store. */
  public Pending<Answer> connectorQuery(String connector) {
    return routes.read("table/connector/query", Fields.of("connector_name", connector));
  }

  /** The tables that a table was made of. */
  public Pending<Answer> trackingSource(String namespace, String name) {
    return routes.read("table/tracking/source", named(namespace, name));
  }

  /** The jobs that used a table. */
  public Pending<Answer> trackingJob(String namespace, String name) {
    return routes.read("table/tracking/job", named(namespace, name));
  }

  private static Fields named(String namespace, String name) {
    return Fields.of("namespace", namespace).and("table_name", name);
  }
}
