package io.fedflow.spi;

import java.nio.file.Path;

/**
 * A library that keeps tables in files that other programs can open, and reads such files. Found by
 * {@link java.util.ServiceLoader} as a {@link Provider}, so that nothing needs it. Thread-safe.
 */
public interface TableEngine extends AutoCloseable {

  /** Tables kept by this engine among these blobs; it reads plain ones, too. */
  TableStore store(BlobStore blobs);

  /** The files that it reads. */
  TableFiles files();

  /** Ends it; rows that are still open fail. */
  @Override
  void close();

  /** Opens engines. */
  interface Provider {

    /** What the operator calls it, such as {@code parquet}. */
    String name();

    /** An engine; opening it is cheap, its libraries are loaded when they are first needed. */
    TableEngine open(Settings settings);
  }

  /**
   * How much an engine may take.
   *
   * @param scratch a folder for temporary files, which engines may share
   * @param memoryBytes how much memory outside of the heap it may take before it spills to files
   */
  record Settings(Path scratch, long memoryBytes) {

    /** The least with which rows of some thousand columns can be written. */
    public static final long LEAST_MEMORY = 128L << 20;

    /**
     * Checks the memory.
     *
     * @throws IllegalArgumentException if it is below {@link #LEAST_MEMORY}
     */
    public Settings {
      if (memoryBytes < LEAST_MEMORY) {
        throw new IllegalArgumentException(
            "memory of tables: found "
                + (memoryBytes >> 20)
                + " MiB, allowed "
                + (LEAST_MEMORY >> 20)
                + " or more");
      }
    }
  }
}
