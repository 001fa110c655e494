package io.fedflow.storage.sqlite;

import io.fedflow.spi.Stores;
import io.fedflow.storage.sql.TestJson;
import io.fedflow.storage.sql.backup.BackupContract;
import io.fedflow.storage.sql.backup.RestoreTarget;
import io.fedflow.storage.sql.backup.StoreSnapshot;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteBackupTest extends BackupContract {

  @TempDir Path places;

  @Override
  protected Stores open(String place) {
    return SqliteStores.open(places.resolve(place), new TestJson());
  }

  @Override
  protected StoreSnapshot snapshot(String place) {
    return SqliteBackups.snapshot(places.resolve(place));
  }

  @Override
  protected RestoreTarget target(String place, int schema) throws Exception {
    return SqliteBackups.target(places.resolve(place), schema);
  }
}
