package io.fedflow.storage.postgres;

import io.fedflow.storage.sql.backup.RestoreTarget;
import io.fedflow.storage.sql.backup.StoreSnapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;

/** Opens what backups of a database are made of, and restored into. Blocks its callers. */
public final class PostgresBackups {

  private PostgresBackups() {}

  /**
   * The rows and blobs of a database as they are now; servers may go on writing.
   *
   * @param url {@code postgres://user[:password]@host[:port]/name}
   * @throws io.fedflow.failure.FedflowException like {@link PostgresStores#open}, and {@code
   *     store.unknown} if no server ever used the database
   */
  public static StoreSnapshot snapshot(Vertx vertx, String url) throws IOException {
    PostgresUrl parsed = PostgresUrl.parse(url);
    return PostgresSnapshot.begin(connect(vertx, parsed), parsed.toString());
  }

  /**
   * A database that a backup is restored into, in one transaction.
   *
   * @param schema the number of the backup's last migration
   * @throws io.fedflow.failure.FedflowException like {@link PostgresStores#open}, and {@code
   *     store.not_empty} if it has tables of a server already
   */
  public static RestoreTarget target(Vertx vertx, String url, int schema) throws IOException {
    PostgresUrl parsed = PostgresUrl.parse(url);
    return PostgresRestore.begin(connect(vertx, parsed), parsed.toString(), schema);
  }

  private static PgConnection connect(Vertx vertx, PostgresUrl url) throws IOException {
    return Bridge.await(
        PostgresStores.connect(vertx, url.options())
            .recover(failure -> Future.failedFuture(Failures.ofOpening(url, failure))));
  }
}
