package io.fedflow.data;

import io.fedflow.failure.FedflowException;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Reads delimited text into raw tables by FATE's rule: a line is right-trimmed and split at every
 * delimiter, without quoting; its first cell is the row's id. With a header, every row must have as
 * many cells as the header; without one, the rest of a line is kept as it is.
 */
public final class CsvTables {

  private static final int MAX_LINE = 16 << 20;

  private CsvTables() {}

  /**
   * What a file held.
   *
   * @param table the rows
   * @param replaced how many rows were replaced by a later one of the same id
   */
  public record Parsed(Table table, long replaced) {}

  /** Reads a standard file from a path. */
  public static Table read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, CsvFormat.standard()).table();
    }
  }

  /**
   * Reads a file; the stream stays open.
   *
   * @throws FedflowException {@code csv.empty}, {@code csv.ragged}, {@code csv.header}, {@code
   *     csv.encoding}, {@code csv.duplicate} or {@code csv.line}, naming the line
   */
  public static Parsed read(InputStream in, CsvFormat format) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    Lines lines = new Lines(format);
    long number = 0;
    try {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (line.length() > MAX_LINE) {
          throw FedflowException.invalid(
              "csv.line",
              "line " + number + ": found " + line.length() + " characters, allowed " + MAX_LINE);
        }
        String content = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
        lines.add(content.stripTrailing(), number);
      }
    } catch (CharacterCodingException malformed) {
      throw FedflowException.invalid(
          "csv.encoding",
          "after line " + number + ": found bytes that are not UTF-8; save the file as UTF-8");
    }
    return lines.finish();
  }

  /** Splits at every delimiter, keeping empty cells. */
  private static List<String> split(String line, String delimiter) {
    List<String> cells = new ArrayList<>();
    int from = 0;
    for (int at = line.indexOf(delimiter); at >= 0; at = line.indexOf(delimiter, from)) {
      cells.add(line.substring(from, at));
      from = at + delimiter.length();
    }
    cells.add(line.substring(from));
    return cells;
  }

  /** The rows while a file is read. */
  private static final class Lines {

    private final CsvFormat format;
    private final String salt = UUID.randomUUID().toString().replace("-", "");
    private final List<String> ids = new ArrayList<>();
    private final Map<String, Integer> rowOf = new HashMap<>();
    private List<List<String>> columns = List.of();
    private List<String> header;
    private String idName = "";
    private long replaced;

    Lines(CsvFormat format) {
      this.format = format;
    }

    void add(String line, long number) {
      if (line.isEmpty()) {
        return;
      }
      if (header == null) {
        if (format.header()) {
          begin(split(line, format.delimiter()));
          return;
        }
        header = List.of("");
        columns = List.of(new ArrayList<>());
      }
      row(line, number);
    }

    private void begin(List<String> names) {
      List<String> stripped = names.stream().map(String::strip).toList();
      boolean ownId = format.id() == CsvFormat.RowId.FIRST_COLUMN;
      idName = ownId ? stripped.get(0) : "extend_sid";
      header = ownId ? stripped.subList(1, stripped.size()) : stripped;
      Set<String> seen = new HashSet<>();
      for (String name : header) {
        if (!seen.add(name)) {
          throw FedflowException.invalid(
              "csv.header", "line 1: column '" + name + "' stands twice; column names must differ");
        }
      }
      columns = header.stream().<List<String>>map(name -> new ArrayList<>()).toList();
    }

    private void row(String line, long number) {
      boolean ownId = format.id() == CsvFormat.RowId.FIRST_COLUMN;
      List<String> cells;
      String id;
      if (format.header()) {
        List<String> all = split(line, format.delimiter());
        int expected = header.size() + (ownId ? 1 : 0);
        if (all.size() != expected) {
          throw FedflowException.invalid(
              "csv.ragged",
              "line " + number + ": found " + all.size() + " cells, the header has " + expected);
        }
        id = ownId ? all.get(0) : "";
        cells = ownId ? all.subList(1, all.size()) : all;
      } else {
        int cut = ownId ? line.indexOf(format.delimiter()) : -1;
        id = !ownId ? "" : cut < 0 ? line : line.substring(0, cut);
        cells =
            List.of(
                !ownId ? line : cut < 0 ? "" : line.substring(cut + format.delimiter().length()));
      }
      if (!ownId) {
        id =
            format.id() == CsvFormat.RowId.GENERATED
                ? salt + ids.size()
                : Integer.toString(ids.size());
      } else if (id.isBlank()) {
        throw FedflowException.invalid(
            "csv.id", "line " + number + ": found an empty id, every row needs one");
      }
      put(id, cells, number);
    }

    private void put(String id, List<String> cells, long number) {
      Integer known = rowOf.putIfAbsent(id, ids.size());
      if (known == null) {
        ids.add(id);
        for (int i = 0; i < cells.size(); i++) {
          columns.get(i).add(cells.get(i));
        }
        return;
      }
      if (format.duplicates() == CsvFormat.Duplicates.REFUSE) {
        throw FedflowException.invalid(
            "csv.duplicate",
            "line "
                + number
                + ": its id stands in data row "
                + (known + 1)
                + " already; ids must differ when duplicate_ids is error");
      }
      replaced++;
      for (int i = 0; i < cells.size(); i++) {
        columns.get(i).set(known, cells.get(i));
      }
    }

    Parsed finish() {
      if (header == null || ids.isEmpty()) {
        throw FedflowException.invalid(
            "csv.empty",
            "the file has no data row; it needs "
                + (format.header() ? "a header line and " : "")
                + "at least one row");
      }
      List<ColumnSpec> specs = header.stream().map(ColumnSpec::text).toList();
      List<Column> values =
          columns.stream().<Column>map(c -> new Column.Texts(c.toArray(String[]::new))).toList();
      return new Parsed(
          new Table(
              new TableSchema(TableKind.RAW, idName, specs, format.delimiter()),
              ids.toArray(String[]::new),
              values),
          replaced);
    }
  }
}
