package io.fedflow.storage.postgres;

import io.fedflow.failure.FedflowException;
import io.fedflow.spi.JsonCodec;
import io.fedflow.spi.Stores;
import io.fedflow.storage.sql.SqlStores;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Opens stores in a Postgres database. */
public final class PostgresStores {

  private static final int CONNECT_TIMEOUT_SECONDS = 10;
  private static final int END_SECONDS = 10;
  private static final int STATEMENTS_IN_FLIGHT = 256;

  /** Each blob that is written or read holds one connection. */
  private static final int BLOB_CONNECTIONS = 4;

  private PostgresStores() {}

  /**
   * Opens the stores of a database, which several servers may share; brings its schema up to date.
   *
   * <p>A write is durable, as the database is set up, when its stage completes. Writes that wait at
   * the same time share one commit. Blobs lie in the database and block their caller, which must
   * not be an event loop.
   *
   * @param vertx whose event loops do the work
   * @param url {@code postgres://user[:password]@host[:port]/name}
   * @param json writes and reads JSON columns
   * @return fails with {@code store.url}, {@code store.login}, {@code store.database}, {@code
   *     store.schema} or {@code store.unavailable}; the message names the remedy and never the
   *     password
   */
  public static CompletionStage<Stores> open(Vertx vertx, String url, JsonCodec json) {
    try {
      return Bridge.toStage(open(vertx, PostgresUrl.parse(url), json));
    } catch (FedflowException e) {
      return Bridge.toStage(Future.failedFuture(e));
    }
  }

  private static Future<Stores> open(Vertx vertx, PostgresUrl url, JsonCodec json) {
    String instanceId = UUID.randomUUID().toString();
    // Whoever looks at the sessions of the database sees whose they are.
    PgConnectOptions options =
        options(url).addProperty("application_name", "fedflow-" + instanceId);
    Supplier<Future<PgConnection>> connector = () -> connect(vertx, options);
    return connector
        .get()
        .compose(
            connection ->
                PostgresSchema.migrate(connection, url.toString()).eventually(connection::close))
        .map(ready -> stores(vertx, options, connector, json, instanceId))
        .recover(failure -> Future.failedFuture(Failures.ofOpening(url, failure)));
  }

  private static Stores stores(
      Vertx vertx,
      PgConnectOptions options,
      Supplier<Future<PgConnection>> connector,
      JsonCodec json,
      String instanceId) {
    Supplier<Future<PgConnection>> writers = () -> connector.get().compose(PostgresStores::brief);
    Fence fence = new Fence(instanceId);
    PostgresEngine engine = new PostgresEngine(connector, writers, fence);
    PostgresInstances instances = new PostgresInstances(fence, writers, engine);
    Pool pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(BLOB_CONNECTIONS))
            .connectingTo(options)
            .using(vertx)
            .build();
    return SqlStores.over(
        engine,
        json,
        new PostgresBlobStore(pool, fence),
        instances,
        PostgresInstances.firstTurns(fence),
        () ->
            end(
                engine
                    .close()
                    .compose(done -> Future.join(instances.close(), pool.close()).mapEmpty())));
  }

  private static Future<PgConnection> brief(PgConnection connection) {
    return connection.query(Fence.SHORT_SESSION).execute().map(connection);
  }

  static Future<PgConnection> connect(Vertx vertx, PgConnectOptions options) {
    Future<PgConnection> connecting = PgConnection.connect(vertx, options);
    return connecting
        .timeout(CONNECT_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .onFailure(late -> connecting.onSuccess(PgConnection::close));
  }

  private static PgConnectOptions options(PostgresUrl url) {
    PgConnectOptions options = url.options();
    options.setCachePreparedStatements(true);
    options.setPipeliningLimit(STATEMENTS_IN_FLIGHT);
    return options;
  }

  /** Waits for the end, except on an event loop, where it comes later by itself. */
  private static void end(Future<Void> closing) {
    if (Context.isOnEventLoopThread()) {
      return;
    }
    try {
      // A connection that hears nothing must not keep a process that was fenced.
      Bridge.await(closing.timeout(END_SECONDS, TimeUnit.SECONDS).otherwiseEmpty());
    } catch (IOException e) {
      System.getLogger(PostgresStores.class.getName())
          .log(System.Logger.Level.WARNING, "interrupted while closing the stores", e);
    }
  }
}
