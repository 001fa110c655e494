package io.fedflow.transport.http.upload;

import io.fedflow.Site;
import io.fedflow.data.DataManager;
import io.fedflow.data.FileTables;
import io.fedflow.data.TableEntry;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.SqlTables;
import io.fedflow.spi.TableFiles;
import io.fedflow.transport.http.outside.SqlAddresses;
import io.fedflow.transport.http.outside.StoredConnectors;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /v1/table/bind} and {@code add}: a file of the server, or a table of a database, becomes a
 * table. It is read at once: what it holds later is not seen, so that two attempts of a task never
 * read two tables.
 */
public final class BindController implements Controller {

  private final DataManager data;
  private final LocalFiles files;
  private final FileTables tables;
  private final StoredConnectors connectors;
  private final SqlBinding sql;

  /**
   * Routes onto this site.
   *
   * @param localFolders folders from which a client may name a file
   * @param readers of files that are no text
   * @param databases reads tables of databases
   * @param allowed which databases may be asked
   * @param staging for temporary files
   * @param connectors that an address may name
   */
  public BindController(
      Site site,
      List<Path> localFolders,
      TableFiles readers,
      SqlTables databases,
      SqlAddresses allowed,
      Path staging,
      StoredConnectors connectors) {
    this.connectors = connectors;
    this.data = site.data();
    this.files = new LocalFiles(localFolders);
    this.tables = new FileTables(readers, staging);
    this.sql = new SqlBinding(site.data(), databases, allowed, staging);
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/table/bind", this::bind);
    routes.post("/v1/table/add", this::bind);
  }

  private Future<? extends Answer> bind(Call call) {
    Arguments arguments = call.arguments();
    return call.blocking(() -> made(connected(arguments), connectorOf(arguments)))
        .map(
            entry ->
                Envelope.ok(Map.of("table_name", entry.name(), "namespace", entry.namespace())));
  }

  private TableEntry made(Arguments given, Optional<String> connector) throws IOException {
    String engine = given.text("engine").orElse("").toUpperCase(Locale.ROOT);
    return sql.reads(engine)
        ? sql.bind(
            engine, given, field -> connector.flatMap(name -> connectors.secret(name, field)))
        : bind(BindSettings.of(given));
  }

  private static Optional<String> connectorOf(Arguments given) {
    return new Arguments(given.object("address").orElse(Map.of())).text("connector_name");
  }

  /** An address may leave to a connector what it does not say itself. */
  private Arguments connected(Arguments given) {
    Arguments address = new Arguments(given.object("address").orElse(Map.of()));
    if (!address.has("connector_name")) {
      return given;
    }
    String name = address.requiredText("connector_name");
    StoredConnectors.Connector connector =
        connectors
            .find(name)
            .orElseThrow(
                () ->
                    FedflowException.invalid(
                        "connector.unknown", "address/connector_name: found none of this name"));
    Map<String, Object> merged = new LinkedHashMap<>(connector.info());
    merged.putAll(address.all());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("engine", connector.engine());
    all.putAll(given.all());
    all.put("address", merged);
    return new Arguments(all);
  }

  private TableEntry bind(BindSettings settings) throws IOException {
    Path file = files.resolve(settings.path());
    return tables
        .store(
            data,
            settings.request(),
            file,
            () -> named(Files.newInputStream(file), settings),
            new FileTables.Reading(settings.format(), settings.idColumn()))
        .entry();
  }

  /** The content behind the header that the client gave in its place. */
  private static InputStream named(InputStream content, BindSettings settings) {
    if (settings.names().isEmpty()) {
      return content;
    }
    String header = String.join(settings.format().delimiter(), settings.names()) + '\n';
    return new SequenceInputStream(
        new ByteArrayInputStream(header.getBytes(StandardCharsets.UTF_8)), content);
  }
}
