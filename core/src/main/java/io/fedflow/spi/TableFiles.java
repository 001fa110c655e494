package io.fedflow.spi;

import io.fedflow.table.TableSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads files of some format as raw tables. Blocking; thread-safe. */
public interface TableFiles {

  /** Reads none. */
  TableFiles NONE =
      new TableFiles() {

        @Override
        public boolean reads(Path file) {
          return false;
        }

        @Override
        public TableSource open(Path file, Layout layout) {
          throw new IllegalArgumentException("no file can be read");
        }
      };

  /** Whether a file begins as one of this format; no word about the rest of it. */
  boolean reads(Path file) throws IOException;

  /**
   * Opens a file as rows of texts, in the memory of some of them. Ids may repeat.
   *
   * @throws io.fedflow.failure.FedflowException (INVALID) {@code parquet.…}, here or from the rows,
   *     if the file is damaged or holds what a table cannot, naming column or row
   */
  TableSource open(Path file, Layout layout) throws IOException;

  /**
   * What makes a table of a file.
   *
   * @param idColumn the column of the rows' ids; empty takes the first one
   * @param generatedIds whether ids are made up, and all columns are values
   * @param numberedIds whether such ids are the rows' numbers
   * @param delimiter of the raw table; no text may hold it
   */
  record Layout(
      Optional<String> idColumn, boolean generatedIds, boolean numberedIds, String delimiter) {}
}
