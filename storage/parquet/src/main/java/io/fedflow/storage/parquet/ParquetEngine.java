package io.fedflow.storage.parquet;

import io.fedflow.spi.BlobStore;
import io.fedflow.spi.TableEngine;
import io.fedflow.spi.TableFiles;
import io.fedflow.spi.TableStore;

/** The engine over one DuckDB, which is loaded when it is first needed. Thread-safe. */
public final class ParquetEngine implements TableEngine {

  private final Duck duck;
  private final long partBytes;

  /** An engine that loads nothing yet. */
  public ParquetEngine(Settings settings) {
    this(settings, Math.min(PartWriter.PART_BYTES, settings.memoryBytes() / 4));
  }

  /**
   * An engine whose files are of some size.
   *
   * @param partBytes how much of DuckDB's memory the rows of a file take
   */
  ParquetEngine(Settings settings, long partBytes) {
    this.duck = new Duck(settings);
    this.partBytes = partBytes;
  }

  @Override
  public TableStore store(BlobStore blobs) {
    return new ParquetTableStore(blobs, duck, partBytes);
  }

  @Override
  public TableFiles files() {
    return new ParquetFiles(duck);
  }

  @Override
  public void close() {
    duck.close();
  }
}
