package io.fedflow.data;

import io.fedflow.table.TableSchema;
import java.util.Map;

/**
 * What the catalog knows of a stored table. Immutable.
 *
 * @param namespace the table's namespace
 * @param name the table's name, unique inside the namespace
 * @param schema what it holds
 * @param rowCount how many rows
 * @param partitions how many partitions its user asked for; 1..1023
 * @param blobKey where its bytes lie
 * @param digest SHA-256 of its bytes, lower-case hex
 * @param byteCount how many bytes
 * @param origin {@code upload}, {@code output} or {@code bind}
 * @param createTime epoch milliseconds
 * @param attributes further JSON values, such as the upload's meta; may be empty
 */
public record TableEntry(
    String namespace,
    String name,
    TableSchema schema,
    long rowCount,
    int partitions,
    String blobKey,
    String digest,
    long byteCount,
    String origin,
    long createTime,
    Map<String, Object> attributes) {

  /** Copies the map. */
  public TableEntry {
    attributes = Map.copyOf(attributes);
  }
}
