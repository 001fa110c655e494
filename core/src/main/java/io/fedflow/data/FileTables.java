package io.fedflow.data;

import io.fedflow.failure.FedflowException;
import io.fedflow.spi.TableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes tables of files, whichever way they are written: of delimited text, and of Parquet if the
 * site has what reads it. A file is known by its first bytes, not by its name. Thread-safe.
 */
public final class FileTables {

  private static final String PARQUET = "PAR1";

  private final TableFiles readers;
  private final Path folder;

  /**
   * A maker of tables.
   *
   * @param readers of files that are no text
   * @param folder for temporary files
   */
  public FileTables(TableFiles readers, Path folder) {
    this.readers = readers;
    this.folder = folder;
  }

  /**
   * How a file becomes a table.
   *
   * @param text how it is laid out, if it is text; delimiter, ids and duplicates count for others
   * @param idColumn the column of the ids, where columns have names of their own; empty takes the
   *     first one
   */
  public record Reading(CsvFormat text, Optional<String> idColumn) {}

  /**
   * Stores a file as a table, in bounded memory. Blocking.
   *
   * @param text the file, with what a caller puts before it if it is text
   * @throws FedflowException (INVALID) {@code csv.…} or {@code parquet.…} if the file is damaged or
   *     does not fit, {@code upload.format} if the site cannot read it, or if the table cannot be
   *     stored; nothing is stored then
   */
  public CsvTables.Stored store(
      DataManager data,
      DataManager.StoreRequest request,
      Path file,
      CsvTables.Text text,
      Reading reading)
      throws IOException {
    CsvFormat format = reading.text();
    if (readers.reads(file)) {
      boolean generated = format.id() != CsvFormat.RowId.FIRST_COLUMN;
      TableFiles.Layout layout =
          new TableFiles.Layout(
              reading.idColumn(),
              generated,
              format.id() == CsvFormat.RowId.NUMBERED,
              format.delimiter());
      return UniqueRows.store(
          data, request, () -> readers.open(file, layout), format.duplicates(), folder);
    }
    if (isParquet(file)) {
      throw FedflowException.invalid(
          "upload.format",
          "file: found a Parquet file, allowed is delimited text; a server reads Parquet if"
              + " fedflow-storage-parquet is on its class path");
    }
    return CsvTables.store(data, request, text, format, folder);
  }

  private static boolean isParquet(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] first = in.readNBytes(PARQUET.length());
      return new String(first, StandardCharsets.US_ASCII).equals(PARQUET);
    }
  }
}
