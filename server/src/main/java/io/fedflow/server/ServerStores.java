package io.fedflow.server;

import io.fedflow.memory.MemoryStores;
import io.fedflow.spi.JsonCodec;
import io.fedflow.spi.Stores;
import io.fedflow.storage.postgres.PostgresStores;
import io.fedflow.storage.sqlite.SqliteStores;
import io.vertx.core.Vertx;

/** Chooses the stores that the options name. */
final class ServerStores {

  private ServerStores() {}

  /** Whether no other process can work on what the options name. */
  static boolean sole(ServerOptions options) {
    return options.database().isEmpty() || options.database().equals(ServerOptions.MEMORY);
  }

  static Stores open(ServerOptions options, Vertx vertx, JsonCodec codec) throws Exception {
    return switch (options.database()) {
      case "" -> SqliteStores.open(options.dataDir(), codec);
      case ServerOptions.MEMORY -> MemoryStores.create();
      default -> Await.result(PostgresStores.open(vertx, options.database(), codec));
    };
  }
}
