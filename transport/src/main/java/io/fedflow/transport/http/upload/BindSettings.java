package io.fedflow.transport.http.upload;

import io.fedflow.data.CsvFormat;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.failure.FedflowException;
import io.fedflow.transport.http.wire.Arguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a bound table is made of.
 *
 * @param path of the file, as the client names it
 * @param names the columns of a file without a header, its id first; empty if the file has one, or
 *     they stay nameless
 * @param format how the file is laid out
 * @param request where the table goes
 */
record BindSettings(String path, List<String> names, CsvFormat format, StoreRequest request) {

  private static final int MAX_PARTITIONS = 1023;

  /** FATE's engines whose tables are files; of all others this server can read none. */
  private static final Set<String> ENGINES = Set.of("LOCALFS", "PATH");

  /**
   * Reads and checks what a client sent.
   *
   * @throws FedflowException {@code argument.missing} or {@code argument.type}
   */
  static BindSettings of(Arguments given) {
    given.require("engine", "address", "namespace", "name");
    String engine = given.requiredText("engine");
    if (!ENGINES.contains(engine.toUpperCase(Locale.ROOT))) {
      throw FedflowException.invalid(
          "argument.type",
          "engine: found '"
              + engine
              + "', allowed LOCALFS or PATH, for files of the server, and POSTGRESQL where"
              + " fedflow-storage-jdbc is on its class path; upload tables of other engines");
    }
    Arguments address = new Arguments(given.object("address").orElseThrow());
    boolean header = given.flag("head", true);
    boolean generated = given.flag("extend_sid", false);
    List<String> names = names(given, header, generated);
    String delimiter = given.text("id_delimiter").orElse(",");
    return new BindSettings(
        address.requiredText("path"),
        names,
        new CsvFormat(
            header || !names.isEmpty(),
            delimiter,
            generated ? CsvFormat.RowId.GENERATED : CsvFormat.RowId.FIRST_COLUMN,
            CsvFormat.Duplicates.LAST_WINS),
        new StoreRequest(
            given.requiredText("namespace"),
            given.requiredText("name"),
            given.integer("partitions", 1, 1, MAX_PARTITIONS),
            "table_bind",
            given.flag("drop", false),
            attributes(given, generated)));
  }

  /** The column that is the id, of a file whose columns have names. */
  Optional<String> idColumn() {
    return names.isEmpty() || format.id() != CsvFormat.RowId.FIRST_COLUMN
        ? Optional.empty()
        : Optional.of(names.get(0));
  }

  private static List<String> names(Arguments given, boolean header, boolean generated) {
    String id = either(given, "id_column", "id_name");
    String features = either(given, "feature_column", "feature_name");
    if (id.isEmpty() && features.isEmpty()) {
      return List.of();
    }
    if (header) {
      throw FedflowException.invalid(
          "argument.type",
          "id_column, feature_column: found names with head 1, allowed with head 0 only, for a file"
              + " that does not name its columns");
    }
    if (features.isEmpty() || id.isEmpty() && !generated) {
      throw FedflowException.invalid(
          "argument.missing", "required arguments are missing: id_column and feature_column");
    }
    String all = id.isEmpty() ? features : id + ',' + features;
    return List.of(all.split(Pattern.quote(","), -1));
  }

  private static String either(Arguments given, String name, String other) {
    return given.text(name).or(() -> given.text(other)).orElse("");
  }

  private static Map<String, Object> attributes(Arguments given, boolean generated) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    if (generated) {
      attributes.put("extend_sid", true);
    }
    if (given.flag("with_meta", false)) {
      attributes.put("meta", given.object("meta").orElse(Map.of()));
    }
    return attributes;
  }
}
