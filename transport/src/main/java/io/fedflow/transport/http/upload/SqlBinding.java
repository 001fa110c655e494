package io.fedflow.transport.http.upload;

import io.fedflow.data.CsvFormat;
import io.fedflow.data.DataManager;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.data.TableEntry;
import io.fedflow.data.UniqueRows;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.SqlTables;
import io.fedflow.spi.TableFiles.Layout;
import io.fedflow.transport.http.outside.SqlAddresses;
import io.fedflow.transport.http.wire.Arguments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Makes tables of tables of databases: of those alone that the server was started with. Ids that
 * repeat are refused, since a database need not give its rows twice in one order. Blocking;
 * thread-safe.
 */
final class SqlBinding {

  /** Some hundred million cells; what takes longer is better exported as a file. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final int MAX_PARTITIONS = 1023;

  private final DataManager data;
  private final SqlTables databases;
  private final SqlAddresses allowed;
  private final Path folder;

  /**
   * Tables of these databases.
   *
   * @param allowed which may be asked
   * @param folder for temporary files
   */
  SqlBinding(DataManager data, SqlTables databases, SqlAddresses allowed, Path folder) {
    this.data = data;
    this.databases = databases;
    this.allowed = allowed;
    this.folder = folder;
  }

  /** Whether an engine is a database that can be read here. */
  boolean reads(String engine) {
    return databases.engines().contains(engine);
  }

  /**
   * Reads a table and stores it.
   *
   * @param engine upper case
   * @param given what the client sent, the fields of a connector included
   * @param secret gives the connector's secret of a field
   * @throws FedflowException {@code argument.…}, {@code connector.address}, {@code sql.…}
   */
  TableEntry bind(String engine, Arguments given, Function<String, Optional<String>> secret)
      throws IOException {
    given.require("address", "namespace", "name");
    Arguments address = new Arguments(given.object("address").orElseThrow());
    SqlTables.Source source = source(engine, address, columns(given), secret);
    boolean generated = given.flag("extend_sid", false);
    Layout layout =
        new Layout(
            generated ? Optional.empty() : given.text("id_column").or(() -> given.text("id_name")),
            generated,
            false,
            given.text("id_delimiter").filter(text -> !text.isEmpty()).orElse(","));
    StoreRequest request =
        new StoreRequest(
            given.requiredText("namespace"),
            given.requiredText("name"),
            given.integer("partitions", 1, 1, MAX_PARTITIONS),
            "table_bind",
            given.flag("drop", false),
            generated ? Map.of("extend_sid", true) : Map.of());
    return UniqueRows.store(
            data,
            request,
            () -> databases.open(source, layout),
            CsvFormat.Duplicates.REFUSE,
            folder)
        .entry();
  }

  private SqlTables.Source source(
      String engine,
      Arguments address,
      List<String> columns,
      Function<String, Optional<String>> secret) {
    SqlAddresses.Place place = allowed.require("address", engine, address);
    String password =
        address
            .text("passwd")
            .or(() -> address.text("password"))
            .or(() -> secret.apply("passwd"))
            .or(() -> secret.apply("password"))
            .orElse("");
    return new SqlTables.Source(
        engine,
        place.host(),
        place.port(),
        address.text("db").or(() -> address.text("database")).orElse(""),
        address.text("user").orElse(""),
        password,
        address.text("name").or(() -> address.text("table")).orElse(""),
        columns,
        PATIENCE);
  }

  private static List<String> columns(Arguments given) {
    return given
        .text("feature_column")
        .or(() -> given.text("feature_name"))
        .filter(text -> !text.isEmpty())
        .map(text -> List.of(text.split(Pattern.quote(","), -1)))
        .orElse(List.of());
  }
}
