package io.fedflow.server.db;

import io.fedflow.spi.Stores;
import io.fedflow.storage.postgres.PostgresBackups;
import io.fedflow.storage.postgres.PostgresStores;
import io.fedflow.storage.sql.backup.RestoreTarget;
import io.fedflow.storage.sql.backup.StoreSnapshot;
import io.fedflow.storage.sqlite.SqliteBackups;
import io.fedflow.storage.sqlite.SqliteStores;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Option;

/** Where the stores of a server are: the same two options that the server has. */
final class StorePlace {

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "folder of the server, default ${DEFAULT-VALUE}",
      defaultValue = ".fedflow")
  private Path dataDir;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "postgres://user[:password]@host[:port]/name, if the server has one; else what"
              + " FEDFLOW_DATABASE says, which keeps the password out of the list of processes",
      defaultValue = "${env:FEDFLOW_DATABASE:-}")
  private String database;

  /** Does something with the rows and blobs of one moment. */
  <T> T snapshot(Use<StoreSnapshot, T> use) throws Exception {
    return with(
        vertx -> {
          try (StoreSnapshot snapshot = snapshot(vertx)) {
            return use.of(snapshot);
          }
        });
  }

  private StoreSnapshot snapshot(Vertx vertx) throws IOException {
    return database.isEmpty()
        ? SqliteBackups.snapshot(dataDir)
        : PostgresBackups.snapshot(vertx, database);
  }

  /** Does something with an empty store; what it did not commit is dropped. */
  <T> T target(int schema, Use<RestoreTarget, T> use) throws Exception {
    return with(
        vertx -> {
          try (RestoreTarget target =
              database.isEmpty()
                  ? SqliteBackups.target(dataDir, schema)
                  : PostgresBackups.target(vertx, database, schema)) {
            return use.of(target);
          }
        });
  }

  /** Opens the stores as a server does, which brings their schema up to date. */
  void migrate() throws Exception {
    with(
        vertx -> {
          Stores stores;
          if (database.isEmpty()) {
            stores = SqliteStores.open(dataDir, new JacksonJsonCodec());
          } else {
            try {
              stores =
                  PostgresStores.open(vertx, database, new JacksonJsonCodec())
                      .toCompletableFuture()
                      .join();
            } catch (CompletionException failed) {
              throw failed.getCause() instanceof RuntimeException known ? known : failed;
            }
          }
          stores.close();
          return null;
        });
  }

  private <T> T with(Use<Vertx, T> use) throws Exception {
    if (database.isEmpty()) {
      return use.of(null);
    }
    Vertx vertx = Vertx.vertx();
    try {
      return use.of(vertx);
    } finally {
      vertx.close().await();
    }
  }

  /** What is done with something that is closed afterwards. */
  @FunctionalInterface
  interface Use<S, T> {
    T of(S open) throws Exception;
  }
}
