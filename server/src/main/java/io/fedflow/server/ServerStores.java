package io.fedflow.server;

import io.fedflow.spi.JsonCodec;
import io.fedflow.spi.Stores;
import io.fedflow.storage.postgres.PostgresStores;
import io.fedflow.storage.sqlite.SqliteStores;
import io.vertx.core.Vertx;

/** Chooses the stores that the options name. */
final class ServerStores {

  private ServerStores() {}

  static Stores open(ServerOptions options, Vertx vertx, JsonCodec codec) throws Exception {
    return options.database().isEmpty()
        ? SqliteStores.open(options.dataDir(), codec)
        : Await.result(PostgresStores.open(vertx, options.database(), codec));
  }
}
