package io.fedflow.transport.http.fake;

import io.fedflow.data.DataManager;
import io.fedflow.data.TableEntry;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Tables in memory. */
public final class FakeData implements DataManager {

  private final Map<String, Table> tables = new ConcurrentHashMap<>();

  /** The name of a table whose bytes turn out to be damaged after its first rows. */
  public volatile String damaged = "";

  private final Map<String, TableEntry> entries = new ConcurrentHashMap<>();

  @Override
  public TableEntry store(StoreRequest request, TableSource rows) throws IOException {
    Table table = rows.collect(Integer.MAX_VALUE);
    String key = request.namespace() + "/" + request.name();
    if (!request.replace() && entries.containsKey(key)) {
      throw new FedflowException(FailureKind.CONFLICT, "table.exists", "the table exists already");
    }
    TableEntry entry =
        new TableEntry(
            request.namespace(),
            request.name(),
            table.schema(),
            table.rowCount(),
            request.partitions(),
            key,
            "",
            0,
            request.origin(),
            1,
            request.attributes());
    tables.put(key, table);
    entries.put(key, entry);
    return entry;
  }

  @Override
  public Table read(String namespace, String name) {
    if (Thread.currentThread().getName().contains("eventloop")) {
      throw new IllegalStateException("blocking call on an event loop");
    }
    Table table = tables.get(namespace + "/" + name);
    if (table == null) {
      throw FedflowException.invalid("table.unknown", "table " + name + " is not stored");
    }
    return table;
  }

  @Override
  public TableSource open(String namespace, String name) {
    TableSource rows = TableSource.of(read(namespace, name));
    return name.equals(damaged) ? new Damaged(rows) : rows;
  }

  private record Damaged(TableSource rows) implements TableSource {

    @Override
    public TableSchema schema() {
      return rows.schema();
    }

    @Override
    public Optional<Table> next() throws IOException {
      Optional<Table> group = rows.next();
      if (group.isEmpty()) {
        throw FedflowException.invalid("table.damaged", "the table is damaged");
      }
      return group;
    }

    @Override
    public void close() throws IOException {
      rows.close();
    }
  }

  @Override
  public CompletionStage<Optional<TableEntry>> find(String namespace, String name) {
    return CompletableFuture.completedFuture(
        Optional.ofNullable(entries.get(namespace + "/" + name)));
  }

  @Override
  public CompletionStage<List<TableEntry>> list(String namespace, int offset, int limit) {
    return CompletableFuture.completedFuture(List.copyOf(entries.values()));
  }

  @Override
  public Optional<TableEntry> enable(String namespace, String name, boolean enabled) {
    return Optional.ofNullable(
        entries.computeIfPresent(
            namespace + "/" + name,
            (key, entry) ->
                new TableEntry(
                    entry.namespace(),
                    entry.name(),
                    entry.schema(),
                    entry.rowCount(),
                    entry.partitions(),
                    entry.blobKey(),
                    entry.digest(),
                    entry.byteCount(),
                    entry.origin(),
                    entry.createTime(),
                    enabled ? Map.of() : Map.of("disabled", true))));
  }

  @Override
  public CompletionStage<Boolean> delete(String namespace, String name) {
    tables.remove(namespace + "/" + name);
    return CompletableFuture.completedFuture(entries.remove(namespace + "/" + name) != null);
  }
}
