package io.fedflow.data;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.BlobStore;
import io.fedflow.spi.TableCatalog;
import io.fedflow.spi.TableStore;
import io.fedflow.table.Table;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The data manager over a catalog and a store of tables. Thread-safe. */
public final class StoredDataManager implements DataManager {

  private static final String MISSING =
      "its file is missing; restore it from a backup or upload it again";

  private final TableCatalog catalog;
  private final TableStore tables;
  private final Orphans orphans;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final Object[] locks = new Object[64];

  /**
   * A manager over these stores, with tables in the plain format.
   *
   * @param ids gives a fresh id per call, for blob keys
   */
  public StoredDataManager(
      TableCatalog catalog, BlobStore blobs, InstantSource clock, Supplier<UUID> ids) {
    this(catalog, new PlainTableStore(blobs), clock, ids);
  }

  /**
   * A manager over these stores.
   *
   * @param tables keeps the rows
   * @param ids gives a fresh id per call, for blob keys
   */
  public StoredDataManager(
      TableCatalog catalog, TableStore tables, InstantSource clock, Supplier<UUID> ids) {
    this.catalog = catalog;
    this.tables = tables;
    this.orphans = new Orphans(tables::delete);
    Arrays.setAll(locks, i -> new Object());
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public TableEntry store(StoreRequest request, TableSource rows) throws IOException {
    refuseTaken(request);
    String key = "table/" + ids.get();
    BlamedRows blamed = new BlamedRows(rows);
    TableStore.Written written;
    try {
      written = tables.write(key, blamed);
    } catch (IOException failed) {
      if (blamed.unreadable != null) {
        throw blamed.unreadable;
      }
      throw unavailable("write", request.namespace(), request.name(), failed);
    }
    TableEntry entry =
        new TableEntry(
            request.namespace(),
            request.name(),
            rows.schema(),
            written.rowCount(),
            request.partitions(),
            key,
            written.digest(),
            written.byteCount(),
            request.origin(),
            clock.millis(),
            request.attributes());
    put(request, entry).ifPresent(replaced -> orphans.delete(replaced.blobKey()));
    return entry;
  }

  /** Of several writers that may not replace, one wins. */
  private Optional<TableEntry> put(StoreRequest request, TableEntry entry) {
    try {
      synchronized (lockOf(entry.namespace(), entry.name())) {
        refuseTaken(request);
        return join(catalog.put(entry));
      }
    } catch (RuntimeException failed) {
      orphans.deleteUnlessUsed(entry.blobKey(), failed);
      throw failed;
    }
  }

  private Object lockOf(String namespace, String name) {
    return locks[Math.floorMod(Objects.hash(namespace, name), locks.length)];
  }

  private void refuseTaken(StoreRequest request) {
    if (!request.replace() && join(catalog.find(request.namespace(), request.name())).isPresent()) {
      throw new FedflowException(
          FailureKind.CONFLICT,
          "table.exists",
          "table "
              + request.namespace()
              + "."
              + request.name()
              + " exists already; upload with drop=1 to replace it");
    }
  }

  /** Rows that remember their own failure: the store must not be blamed for it. */
  private static final class BlamedRows implements TableSource {

    private final TableSource rows;
    private IOException unreadable;

    BlamedRows(TableSource rows) {
      this.rows = rows;
    }

    @Override
    public TableSchema schema() {
      return rows.schema();
    }

    @Override
    public Optional<Table> next() throws IOException {
      try {
        return rows.next();
      } catch (IOException failed) {
        unreadable = failed;
        throw failed;
      }
    }

    @Override
    public void close() {
      // They belong to whoever gave them.
    }
  }

  @Override
  public Table read(String namespace, String name) {
    return fromBlob(
        namespace,
        name,
        entry -> {
          try (TableSource rows = tables.open(entry)) {
            return rows.collect(Integer.MAX_VALUE);
          }
        });
  }

  @Override
  public TableSource open(String namespace, String name) {
    return fromBlob(
        namespace,
        name,
        entry -> new KnownRows(tables.open(entry), failure -> explained(entry, failure)));
  }

  /** Why rows cannot be read on: their table may have gone, or got others in their place. */
  private Exception explained(TableEntry entry, Exception failure) {
    Optional<TableEntry> now;
    try {
      now = join(catalog.find(entry.namespace(), entry.name()));
    } catch (RuntimeException unknown) {
      failure.addSuppressed(unknown);
      return failure;
    }
    if (now.isEmpty()) {
      return gone(
          entry, "deleted while it was read; what was read before is not all of it", failure);
    }
    if (!now.get().blobKey().equals(entry.blobKey())) {
      return gone(entry, "replaced while it was read; read the new one from its begin", failure);
    }
    return failure instanceof FedflowException known && known.code().equals("blob.unknown")
        ? VerifiedRows.damaged(entry, MISSING)
        : failure;
  }

  private static FedflowException gone(TableEntry entry, String how, Exception failure) {
    return new FedflowException(
        FailureKind.INVALID,
        "table.deleted",
        "table " + entry.namespace() + "." + entry.name() + " was " + how,
        failure);
  }

  /** Works on a table's blob; once more on the new one if it was replaced meanwhile. */
  private <T> T fromBlob(String namespace, String name, Work<T> work) {
    TableEntry entry = known(namespace, name);
    while (true) {
      TableEntry reading = entry;
      try {
        return work.on(entry);
      } catch (IOException failed) {
        throw unavailable("read", namespace, name, failed);
      } catch (FedflowException gone) {
        TableEntry now =
            join(catalog.find(namespace, name))
                .orElseThrow(() -> gone(reading, "deleted while it was read", gone));
        if (!gone.code().equals("blob.unknown")) {
          throw gone;
        }
        if (now.blobKey().equals(entry.blobKey())) {
          throw VerifiedRows.damaged(entry, MISSING);
        }
        entry = now;
      }
    }
  }

  /** What is done with a stored table. */
  @FunctionalInterface
  private interface Work<T> {
    T on(TableEntry entry) throws IOException;
  }

  private TableEntry known(String namespace, String name) {
    return join(catalog.find(namespace, name))
        .orElseThrow(
            () ->
                FedflowException.invalid(
                    "table.unknown",
                    "table "
                        + namespace
                        + "."
                        + name
                        + " is unknown at this site;"
                        + " upload it first or correct name and namespace"));
  }

  @Override
  public CompletionStage<Optional<TableEntry>> find(String namespace, String name) {
    return catalog.find(namespace, name);
  }

  @Override
  public CompletionStage<List<TableEntry>> list(String namespace, int offset, int limit) {
    return catalog.list(namespace, offset, limit);
  }

  @Override
  public Optional<TableEntry> enable(String namespace, String name, boolean enabled) {
    synchronized (lockOf(namespace, name)) {
      Optional<TableEntry> known = join(catalog.find(namespace, name));
      if (known.isEmpty() || known.get().enabled() == enabled) {
        return known;
      }
      TableEntry changed = known.get().enabled(enabled);
      if (join(catalog.put(changed)).isPresent()) {
        return Optional.of(changed);
      }
      // It was deleted meanwhile, and must not come back.
      join(catalog.delete(namespace, name));
      return Optional.empty();
    }
  }

  @Override
  public CompletionStage<Boolean> delete(String namespace, String name) {
    return catalog
        .delete(namespace, name)
        .thenApply(
            gone -> {
              gone.ifPresent(entry -> orphans.delete(entry.blobKey()));
              return gone.isPresent();
            });
  }

  private static <T> T join(CompletionStage<T> stage) {
    return Stages.join(stage);
  }

  /** A store that cannot be reached. */
  static FedflowException unavailable(
      String verb, String namespace, String name, IOException cause) {
    return BlobFailure.of("cannot " + verb + " table " + namespace + "." + name, "blob.io", cause);
  }
}
