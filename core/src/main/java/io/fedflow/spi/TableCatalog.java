package io.fedflow.spi;

import io.fedflow.data.TableEntry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps which tables there are; their bytes lie in a {@link BlobStore}.
 *
 * <p>Promises: C1 durable when the stage completes; C2 {@code put} replaces an entry of the same
 * namespace and name and gives back the replaced one; C3 reads after completion see it.
 * Thread-safe.
 */
public interface TableCatalog {

  /** Stores an entry; completes with the entry it replaced. */
  CompletionStage<Optional<TableEntry>> put(TableEntry entry);

  /** An entry. */
  CompletionStage<Optional<TableEntry>> find(String namespace, String name);

  /** Entries of a namespace ({@code ""} for all), newest first. */
  CompletionStage<List<TableEntry>> list(String namespace, int offset, int limit);

  /** Drops an entry; completes with it if it was there. */
  CompletionStage<Optional<TableEntry>> delete(String namespace, String name);
}
