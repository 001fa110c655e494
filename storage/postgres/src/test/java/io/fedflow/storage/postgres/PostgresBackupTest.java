package io.fedflow.storage.postgres;

import io.fedflow.spi.Stores;
import io.fedflow.storage.sql.TestJson;
import io.fedflow.storage.sql.backup.BackupContract;
import io.fedflow.storage.sql.backup.RestoreTarget;
import io.fedflow.storage.sql.backup.StoreSnapshot;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresBackupTest extends BackupContract {

  private static Vertx vertx;

  private final Map<String, String> places = new ConcurrentHashMap<>();

  @BeforeAll
  static void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void endVertx() {
    vertx.close().await();
  }

  @Override
  protected Stores open(String place) throws Exception {
    return PostgresStores.open(vertx, url(place), new TestJson())
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  @Override
  protected StoreSnapshot snapshot(String place) throws Exception {
    return PostgresBackups.snapshot(vertx, url(place));
  }

  @Override
  protected RestoreTarget target(String place, int schema) throws Exception {
    return PostgresBackups.target(vertx, url(place), schema);
  }

  private String url(String place) {
    return places.computeIfAbsent(place, name -> TestPostgres.freshDatabase());
  }

  @Override
  protected String snapshotNames(String keptModel) {
    return "blob " + keptModel + ": ";
  }

  @Override
  protected void flip(String place, String key) {
    TestPostgres.runIn(
        url(place),
        "UPDATE blob_chunk SET bytes = set_byte(bytes, octet_length(bytes) - 1,"
            + " get_byte(bytes, octet_length(bytes) - 1) # 1) WHERE part = 0 AND content_id ="
            + " (SELECT content_id FROM blob_entry WHERE blob_key = '"
            + key
            + "')");
  }
}
