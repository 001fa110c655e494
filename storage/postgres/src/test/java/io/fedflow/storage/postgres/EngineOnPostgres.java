package io.fedflow.storage.postgres;

import io.fedflow.spi.Stores;
import io.fedflow.storage.sql.StoresOfTests;
import io.fedflow.storage.sql.TestJson;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.TimeUnit;

/** Lets the engine's tests keep everything in databases of a real Postgres. */
public final class EngineOnPostgres extends StoresOfTests {

  /** Ends with the JVM of the tests. */
  private static final Vertx VERTX = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));

  @Override
  protected Stores open() throws Exception {
    return PostgresStores.open(VERTX, TestPostgres.freshDatabase(), new TestJson())
        .toCompletableFuture()
        .get(1, TimeUnit.MINUTES);
  }
}
