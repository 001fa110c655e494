package io.fedflow.storage.parquet;

import io.fedflow.spi.TableEngine;

/** Opens the engine by the name {@code parquet}. */
public final class ParquetProvider implements TableEngine.Provider {

  /** Made by {@link java.util.ServiceLoader}. */
  public ParquetProvider() {}

  @Override
  public String name() {
    return ParquetTableStore.LAYOUT;
  }

  @Override
  public TableEngine open(TableEngine.Settings settings) {
    return new ParquetEngine(settings);
  }
}
