package io.fedflow.transport.http.outside;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code /v1/table/connector}: connectors to other systems, by name. Databases must be on the
 * operator's list. Passwords go in and never out.
 */
public final class ConnectorController implements Controller {

  private static final Set<String> FILES = Set.of("LOCALFS", "PATH");

  private final StoredConnectors connectors;
  private final SqlAddresses databases;

  /**
   * Keeps connectors.
   *
   * @param databases which a connector may name
   */
  public ConnectorController(StoredConnectors connectors, SqlAddresses databases) {
    this.connectors = connectors;
    this.databases = databases;
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/table/connector/create", this::create);
    routes.post("/v1/table/connector/query", this::query);
  }

  private Future<? extends Answer> create(Call call) {
    Arguments arguments = call.arguments().require("connector_name", "engine", "connector_info");
    String name = arguments.requiredText("connector_name");
    String engine = arguments.requiredText("engine").toUpperCase(Locale.ROOT);
    Map<String, Object> info = arguments.object("connector_info").orElseThrow();
    check(engine, new Arguments(info));
    return call.blocking(
        () -> {
          connectors.save(name, engine, info);
          return Envelope.ok();
        });
  }

  private void check(String engine, Arguments info) {
    if (FILES.contains(engine)) {
      // Where the files may lie is looked at when a table is bound.
      info.requiredText("path");
      return;
    }
    if (!SqlAddresses.isSql(engine)) {
      throw FedflowException.invalid(
          "argument.type",
          "engine: found another one, allowed HIVE, LINKIS_HIVE, MYSQL, POSTGRESQL, LOCALFS and PATH");
    }
    databases.require("connector_info", engine, info);
  }

  private Future<? extends Answer> query(Call call) {
    String name = call.arguments().requiredText("connector_name");
    return call.blocking(() -> connectors.find(name))
        .map(
            found ->
                found
                    .map(ConnectorController::tree)
                    .map(Envelope::ok)
                    .orElseThrow(
                        () ->
                            FedflowException.invalid(
                                "connector.unknown", "connector_name: found none of this name")));
  }

  private static Map<String, Object> tree(StoredConnectors.Connector connector) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("connector_name", connector.name());
    tree.put("engine", connector.engine());
    tree.put("connector_info", connector.info());
    return tree;
  }
}
