package io.fedflow.storage.parquet;

import io.fedflow.spi.TableFiles;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Parquet files of anybody, as raw tables. Thread-safe. */
final class ParquetFiles implements TableFiles {

  private static final String MAGIC = "PAR1";

  private final Duck duck;

  ParquetFiles(Duck duck) {
    this.duck = duck;
  }

  @Override
  public boolean reads(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] first = in.readNBytes(MAGIC.length());
      return new String(first, StandardCharsets.US_ASCII).equals(MAGIC);
    }
  }

  @Override
  public TableSource open(Path file, Layout layout) throws IOException {
    DuckSession session = duck.session();
    try {
      Path seen = session.newFile();
      reach(file, seen);
      return new FileRows(session, seen, layout);
    } catch (IOException | RuntimeException failed) {
      session.close();
      throw failed;
    }
  }

  /** DuckDB sees its own folder only; a second name of the file spares a copy of it. */
  private static void reach(Path file, Path seen) throws IOException {
    try {
      Files.createLink(seen, file.toRealPath());
    } catch (IOException | UnsupportedOperationException otherFileSystem) {
      Files.copy(file, seen);
    }
  }
}
