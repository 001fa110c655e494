package io.fedflow.spi;

import io.fedflow.data.TableEntry;
import io.fedflow.table.TableSource;
import java.io.IOException;

/**
 * Keeps the rows of tables in some layout of files, as blobs. Blocking: called from task and worker
 * threads, never from an event loop.
 *
 * <p>Promises: T1 what {@link #write} stored comes back from {@link #open} in the same order, the
 * same ids, texts and bits; T2 a write that throws leaves no blob behind, as far as the blob store
 * lets it, and throws what its rows threw as it is; T3 rows take the memory of some of them, both
 * ways; T4 rows of which a byte was changed, dropped or added are refused with {@code
 * table.damaged}, naming the table, at the latest after the last row; T5 a table whose blob is gone
 * is refused with {@code blob.unknown}; T6 {@link #delete} leaves no blob of the table; an unknown
 * one is none. Thread-safe.
 */
public interface TableStore {

  /**
   * Stores rows, durable when it returns.
   *
   * @param key of the blob by which the table is known; further ones begin with it and a stroke
   * @param rows read to their end, not closed
   * @throws IOException if the rows cannot be read, or the bytes cannot be kept
   */
  Written write(String key, TableSource rows) throws IOException;

  /**
   * Opens the rows of a table; the caller closes them.
   *
   * @throws io.fedflow.failure.FedflowException {@code table.damaged}, {@code blob.unknown}, or
   *     {@code table.layout} if the table is kept in a layout that this store does not know
   * @throws IOException if the bytes cannot be reached
   */
  TableSource open(TableEntry table) throws IOException;

  /** Deletes all blobs of a table. */
  void delete(String key) throws IOException;

  /**
   * What was stored.
   *
   * @param rowCount how many rows
   * @param digest SHA-256 of the blob of the table's own key, lower-case hex
   * @param byteCount how many bytes all blobs of the table take
   */
  record Written(long rowCount, String digest, long byteCount) {}
}
