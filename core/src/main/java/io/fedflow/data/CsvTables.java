package io.fedflow.data;

import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Reads delimited text into raw tables by FATE's rule: a line is right-trimmed and split at every
 * delimiter, without quoting; its first cell is the row's id. With a header, every row must have as
 * many cells as the header; without one, the rest of a line is kept as it is. Of rows with the same
 * id the last one stays, where it stands.
 *
 * <p>What does not fit the rule is refused with {@code csv.empty}, {@code csv.ragged}, {@code
 * csv.header}, {@code csv.id}, {@code csv.encoding}, {@code csv.duplicate}, {@code csv.rows} or
 * {@code csv.line}, naming the line.
 */
public final class CsvTables {

  private CsvTables() {}

  /**
   * What a file held.
   *
   * @param table the rows
   * @param replaced how many rows were replaced by a later one of the same id
   */
  public record Parsed(Table table, long replaced) {}

  /**
   * What became of a file.
   *
   * @param entry the table
   * @param replaced how many rows were replaced by a later one of the same id
   */
  public record Stored(TableEntry entry, long replaced) {}

  /** A text that can be read twice. */
  @FunctionalInterface
  public interface Text {
    /** Opens it at its beginning; the reader closes it. */
    InputStream open() throws IOException;
  }

  /** Reads a standard file from a path. */
  public static Table read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, CsvFormat.standard()).table();
    }
  }

  /**
   * Reads a file into memory; the stream stays open.
   *
   * @throws FedflowException if it does not fit the rule
   */
  @SuppressWarnings("resource") // The stream belongs to the caller.
  public static Parsed read(InputStream in, CsvFormat format) throws IOException {
    try (RepeatedIds ids = new RepeatedIds(Path.of(System.getProperty("java.io.tmpdir")))) {
      Table table = new CsvSource(in, format, ids, new BitSet()).collect(Integer.MAX_VALUE);
      UniqueRows.refuseIfAsked(ids, format.duplicates());
      BitSet replaced = ids.replaced();
      return replaced.isEmpty()
          ? new Parsed(table, 0)
          : new Parsed(
              table.select(
                  IntStream.range(0, table.rowCount()).filter(row -> !replaced.get(row)).toArray()),
              replaced.cardinality());
    }
  }

  /**
   * Stores a file as a table, in bounded memory whatever its size. It is read once, and once more
   * if ids repeat. Blocking.
   *
   * @param folder for temporary files
   * @throws FedflowException if the text does not fit the rule, or the table cannot be stored
   */
  public static Stored store(
      DataManager data, DataManager.StoreRequest request, Text text, CsvFormat format, Path folder)
      throws IOException {
    return UniqueRows.store(
        data,
        request,
        (listener, leftOut) -> new CsvSource(text.open(), format, listener, leftOut),
        format.duplicates(),
        folder);
  }
}
