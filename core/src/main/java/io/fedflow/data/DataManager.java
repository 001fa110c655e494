package io.fedflow.data;

import io.fedflow.table.Table;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** All access to stored tables of a site. Thread-safe. */
public interface DataManager {

  /**
   * Stores rows under a name, in the memory of some of them. Blocking: called from task and worker
   * threads.
   *
   * @param request where and with which attributes
   * @param rows with unique ids; read to their end, not closed
   * @return what the catalog now knows
   * @throws io.fedflow.failure.FedflowException {@code table.exists} if the name is taken and the
   *     request does not replace
   * @throws IOException if the rows cannot be read; nothing is stored then
   */
  TableEntry store(StoreRequest request, TableSource rows) throws IOException;

  /** Stores a table that is in memory, in the same way. */
  default TableEntry store(StoreRequest request, Table table) {
    try {
      return store(request, TableSource.of(table));
    } catch (IOException impossible) {
      throw new UncheckedIOException("a table in memory could not be read", impossible);
    }
  }

  /**
   * Reads a table into memory. Blocking: called from task and worker threads.
   *
   * @throws io.fedflow.failure.FedflowException {@code table.unknown} or {@code table.damaged}
   */
  Table read(String namespace, String name);

  /**
   * Opens a table, to read it in the memory of some of its rows. Blocking: called from worker
   * threads. That it is not damaged is known when all rows were read.
   *
   * @return its rows as they are now, even if it is replaced while they are read, as long as the
   *     store keeps them
   * @throws io.fedflow.failure.FedflowException {@code table.unknown} or {@code table.damaged}
   */
  TableSource open(String namespace, String name);

  /** What the catalog knows of a table. */
  CompletionStage<Optional<TableEntry>> find(String namespace, String name);

  /** Tables of a namespace ({@code ""} for all), newest first. */
  CompletionStage<List<TableEntry>> list(String namespace, int offset, int limit);

  /**
   * Lets jobs take a table as an input, or not; people can read it all the same. Blocking: called
   * from worker threads.
   *
   * @return what the catalog now knows; empty if there is no such table
   */
  Optional<TableEntry> enable(String namespace, String name, boolean enabled);

  /** Deletes a table and its bytes; completes with whether it was there. */
  CompletionStage<Boolean> delete(String namespace, String name);

  /**
   * Where a table goes.
   *
   * @param namespace 1..191 characters
   * @param name 1..191 characters
   * @param partitions 1..1023
   * @param origin {@code upload}, {@code table_bind} or {@code output}
   * @param replace whether a table of that name may be replaced
   * @param attributes kept in the catalog
   */
  record StoreRequest(
      String namespace,
      String name,
      int partitions,
      String origin,
      boolean replace,
      java.util.Map<String, Object> attributes) {

    /**
     * Checks names and partitions.
     *
     * @throws io.fedflow.failure.FedflowException {@code table.name} or {@code table.partitions}
     */
    public StoreRequest {
      TableNames.check("namespace", namespace);
      TableNames.check("name", name);
      if (partitions < 1 || partitions > 1023) {
        throw io.fedflow.failure.FedflowException.invalid(
            "table.partitions", "partition: found " + partitions + ", allowed 1..1023");
      }
      attributes = java.util.Map.copyOf(attributes);
    }

    /** An upload that may replace, with one partition. */
    public static StoreRequest upload(String namespace, String name) {
      return new StoreRequest(namespace, name, 1, "upload", true, java.util.Map.of());
    }
  }
}
