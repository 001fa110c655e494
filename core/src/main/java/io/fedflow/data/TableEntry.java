package io.fedflow.data;

import io.fedflow.failure.FedflowException;
import io.fedflow.table.TableSchema;
import java.util.LinkedHashMap;
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
 * @param origin {@code upload}, {@code output} or {@code table_bind}
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

  private static final String DISABLED = "disabled";

  /** Copies the map. */
  public TableEntry {
    attributes = Map.copyOf(attributes);
  }

  /** Whether jobs may take it as an input. */
  public boolean enabled() {
    return !Boolean.TRUE.equals(attributes.get(DISABLED));
  }

  /**
   * Refuses a table that jobs may not take.
   *
   * @throws FedflowException {@code table.disabled}
   */
  public void requireEnabled() {
    if (!enabled()) {
      throw FedflowException.invalid(
          "table.disabled",
          "table " + namespace + "." + name + " is disabled; enable it, or name another one");
    }
  }

  /** The same table, which jobs may take or not. */
  TableEntry enabled(boolean whether) {
    Map<String, Object> changed = new LinkedHashMap<>(attributes);
    changed.remove(DISABLED);
    if (!whether) {
      changed.put(DISABLED, true);
    }
    return new TableEntry(
        namespace,
        name,
        schema,
        rowCount,
        partitions,
        blobKey,
        digest,
        byteCount,
        origin,
        createTime,
        changed);
  }
}
