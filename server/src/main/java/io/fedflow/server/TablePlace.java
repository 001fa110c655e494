package io.fedflow.server;

import io.fedflow.spi.TableEngine;

/**
 * How a server keeps the rows of tables. Immutable.
 *
 * @param layout {@code plain}, or the name of an engine on the class path, such as {@code parquet}
 * @param memoryBytes how much memory outside of the heap such an engine may take
 */
public record TablePlace(String layout, long memoryBytes) {

  /** The core's own format. */
  static final String PLAIN = "plain";

  /** Enough for several uploads at once; what does not fit is spilled to files. */
  public static final long DEFAULT_MEMORY = 512L << 20;

  /**
   * Checks the memory.
   *
   * @throws IllegalArgumentException if it is too small
   */
  public TablePlace {
    if (memoryBytes < TableEngine.Settings.LEAST_MEMORY) {
      throw new IllegalArgumentException(
          "--table-memory: found "
              + (memoryBytes >> 20)
              + " MiB, allowed "
              + (TableEngine.Settings.LEAST_MEMORY >> 20)
              + " or more");
    }
  }

  /** Tables in the core's own format. */
  public static TablePlace plain() {
    return new TablePlace(PLAIN, DEFAULT_MEMORY);
  }

  /** Tables as Parquet files. */
  public static TablePlace parquet() {
    return new TablePlace("parquet", DEFAULT_MEMORY);
  }
}
