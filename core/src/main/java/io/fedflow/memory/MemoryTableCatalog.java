package io.fedflow.memory;

import io.fedflow.data.TableEntry;
import io.fedflow.spi.StoreRules;
import io.fedflow.spi.TableCatalog;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Table entries in memory. Thread-safe: every method holds the monitor. */
final class MemoryTableCatalog implements TableCatalog {

  private static final Comparator<TableEntry> NEWEST_FIRST =
      Comparator.comparingLong(TableEntry::createTime)
          .reversed()
          .thenComparing(TableEntry::namespace)
          .thenComparing(TableEntry::name);

  private final Map<Key, TableEntry> entries = new HashMap<>();

  @Override
  public synchronized CompletionStage<Optional<TableEntry>> put(TableEntry entry) {
    return found(entries.put(new Key(entry.namespace(), entry.name()), entry));
  }

  @Override
  public synchronized CompletionStage<Optional<TableEntry>> find(String namespace, String name) {
    return found(entries.get(new Key(namespace, name)));
  }

  @Override
  public synchronized CompletionStage<List<TableEntry>> list(
      String namespace, int offset, int limit) {
    StoreRules.checkPage(offset, limit, StoreRules.MAX_ROWS);
    return CompletableFuture.completedStage(
        entries.values().stream()
            .filter(entry -> namespace.isEmpty() || namespace.equals(entry.namespace()))
            .sorted(NEWEST_FIRST)
            .skip(offset)
            .limit(limit)
            .toList());
  }

  @Override
  public synchronized CompletionStage<Optional<TableEntry>> delete(String namespace, String name) {
    return found(entries.remove(new Key(namespace, name)));
  }

  private static CompletionStage<Optional<TableEntry>> found(TableEntry entry) {
    return CompletableFuture.completedStage(Optional.ofNullable(entry));
  }

  private record Key(String namespace, String name) {}
}
