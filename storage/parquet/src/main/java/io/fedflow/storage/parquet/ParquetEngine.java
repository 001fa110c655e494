package io.fedflow.storage.parquet;

import io.fedflow.spi.BlobStore;
import io.fedflow.spi.TableEngine;
import io.fedflow.spi.TableFiles;
import io.fedflow.spi.TableStore;

/** The engine over one DuckDB, which is loaded when it is first needed. Thread-safe. */
public final class ParquetEngine implements TableEngine {

  private final Duck duck;

  /** An engine that loads nothing yet. */
  public ParquetEngine(Settings settings) {
    this.duck = new Duck(settings);
  }

  @Override
  public TableStore store(BlobStore blobs) {
    return new ParquetTableStore(blobs, duck);
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
