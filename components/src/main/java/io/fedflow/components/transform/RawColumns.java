package io.fedflow.components.transform;

import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The features of a raw table as texts, and what stands beside them. Not changed after
 * construction.
 */
final class RawColumns {

  private final List<String> names;
  private final Map<String, String[]> cells;
  private final Optional<Beside> label;
  private final Optional<Beside> matchId;

  private RawColumns(
      List<String> names,
      Map<String, String[]> cells,
      Optional<Beside> label,
      Optional<Beside> matchId) {
    this.names = List.copyOf(names);
    this.cells = cells;
    this.label = label;
    this.matchId = matchId;
  }

  /**
   * A column that is no feature.
   *
   * @param name as in the file
   * @param cells one per row
   */
  record Beside(String name, String[] cells) {}

  /**
   * Reads a table in the form that the settings name.
   *
   * @param header the features of a model; null to find them
   * @throws FedflowException {@code transform.input}, {@code transform.match_id}, {@code
   *     transform.cell} or {@code transform.wide} (INVALID)
   */
  static RawColumns of(Table table, TransformSettings settings, List<String> header) {
    return switch (settings.layout().form()) {
      case DENSE -> dense(table, settings);
      case SPARSE -> IndexedRows.read(table, settings, header);
      case TAG -> TagRows.read(table, settings, header);
    };
  }

  /** Columns of rows without a header. */
  static RawColumns of(List<String> names, Map<String, String[]> cells, FrontCells front) {
    return new RawColumns(
        names,
        cells,
        Optional.ofNullable(front.labels()).map(all -> new Beside(FrontCells.LABEL, all)),
        Optional.ofNullable(front.matchIds()).map(all -> new Beside(FrontCells.MATCH_ID, all)));
  }

  /**
   * Checks that a table is what dense parsing needs.
   *
   * @throws FedflowException {@code transform.input} (INVALID) if it is not raw, empty, without a
   *     header, uploaded with another separator, or has a column name twice; {@code
   *     transform.match_id} (INVALID) if it has no such column
   */
  private static RawColumns dense(Table table, TransformSettings settings) {
    String delimiter = settings.delimiter();
    if (table.schema().kind() != TableKind.RAW) {
      throw refused("found " + table + ", allowed is a RAW table, as Reader hands it on");
    }
    if (table.rowCount() == 0) {
      throw refused("found a table without rows");
    }
    List<ColumnSpec> specs = table.schema().columns();
    if (specs.isEmpty() || specs.size() == 1 && specs.get(0).name().isEmpty()) {
      throw refused("found a table without column names; upload with head=1");
    }
    if (!table.schema().delimiter().equals(delimiter)) {
      throw refused(
          "delimitor is '"
              + delimiter
              + "', but the table was uploaded with '"
              + table.schema().delimiter()
              + "'; give the same");
    }
    List<String> names = new ArrayList<>();
    Map<String, String[]> cells = new HashMap<>();
    for (int i = 0; i < specs.size(); i++) {
      String name = specs.get(i).name().strip();
      if (!(table.column(i) instanceof Column.Texts texts)) {
        throw ColumnException.of("transform.input", name, "found no texts, allowed are raw cells");
      }
      if (cells.put(name, texts.values()) != null) {
        throw ColumnException.of(
            "transform.input",
            List.of(name),
            "input data: column name '" + name + "' occurs twice; names must differ");
      }
      names.add(name);
    }
    Optional<Beside> matchId =
        settings.matchId().map(wanted -> taken(wanted.among(names), names, cells));
    Optional<Beside> label =
        settings
            .label()
            .flatMap(wanted -> ignoringCase(names, wanted.name()))
            .map(name -> taken(name, names, cells));
    return new RawColumns(names, cells, label, matchId);
  }

  /** The features' stripped names in file order. */
  List<String> names() {
    return names;
  }

  /** The cells of a feature; null if there is none. */
  String[] cells(String name) {
    return cells.get(name);
  }

  /** What is to be predicted. */
  Optional<Beside> label() {
    return label;
  }

  /** The ids that parties match on, where they are not the rows' ids. */
  Optional<Beside> matchId() {
    return matchId;
  }

  private static Beside taken(String name, List<String> names, Map<String, String[]> cells) {
    names.remove(name);
    return new Beside(name, cells.remove(name));
  }

  /** The column of a lower-case name; an exact match wins. */
  private static Optional<String> ignoringCase(List<String> names, String lowerCase) {
    return names.contains(lowerCase)
        ? Optional.of(lowerCase)
        : names.stream()
            .filter(name -> name.toLowerCase(Locale.ROOT).equals(lowerCase))
            .findFirst();
  }

  static FedflowException refused(String why) {
    return FedflowException.invalid("transform.input", "input data: " + why);
  }
}
