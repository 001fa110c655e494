package io.fedflow.server;

import io.fedflow.data.PlainTableStore;
import io.fedflow.data.TableEntry;
import io.fedflow.spi.BlobStore;
import io.fedflow.spi.TableEngine;
import io.fedflow.spi.TableFiles;
import io.fedflow.spi.TableStore;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The tables of a server: kept as the options say, by an engine that the class path may have. Such
 * an engine reads uploads and tables in its layout in any case. Thread-safe.
 */
final class ServerTables implements AutoCloseable {

  private static final String ENGINE = "parquet";

  private final boolean plain;
  private final Optional<TableEngine> engine;

  private ServerTables(boolean plain, Optional<TableEngine> engine) {
    this.plain = plain;
    this.engine = engine;
  }

  /**
   * Looks for an engine, which loads nothing yet.
   *
   * @throws IllegalArgumentException if the options ask for one that is not there
   */
  static ServerTables open(ServerOptions options) {
    TablePlace place = options.tables();
    boolean plain = place.layout().equals(TablePlace.PLAIN);
    String wanted = plain ? ENGINE : place.layout();
    Optional<TableEngine> engine =
        ServiceLoader.load(TableEngine.Provider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.name().equals(wanted))
            .findFirst()
            .map(
                provider ->
                    provider.open(
                        new TableEngine.Settings(
                            options.dataDir().resolve("scratch"), place.memoryBytes())));
    if (!plain && engine.isEmpty()) {
      throw new IllegalArgumentException(
          "--tables: found '"
              + place.layout()
              + "', allowed plain, and parquet if fedflow-storage-parquet is on the class path");
    }
    return new ServerTables(plain, engine);
  }

  /** The rows of tables among these blobs. */
  TableStore store(BlobStore blobs) {
    if (engine.isEmpty()) {
      return new PlainTableStore(blobs);
    }
    TableStore all = engine.get().store(blobs);
    return plain ? new PlainWrites(new PlainTableStore(blobs), all) : all;
  }

  /** What reads uploads that are no text. */
  TableFiles files() {
    return engine.map(TableEngine::files).orElse(TableFiles.NONE);
  }

  @Override
  public void close() {
    engine.ifPresent(TableEngine::close);
  }

  /** New tables are plain; those of an earlier start may not be. */
  private record PlainWrites(TableStore plain, TableStore all) implements TableStore {

    @Override
    public Written write(String key, TableSource rows) throws IOException {
      return plain.write(key, rows);
    }

    @Override
    public TableSource open(TableEntry table) throws IOException {
      return all.open(table);
    }

    @Override
    public void delete(String key) throws IOException {
      all.delete(key);
    }
  }
}
