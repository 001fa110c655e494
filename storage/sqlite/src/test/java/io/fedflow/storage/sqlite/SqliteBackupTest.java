package io.fedflow.storage.sqlite;

import io.fedflow.spi.Stores;
import io.fedflow.storage.sql.TestJson;
import io.fedflow.storage.sql.backup.BackupContract;
import io.fedflow.storage.sql.backup.RestoreTarget;
import io.fedflow.storage.sql.backup.StoreSnapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
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

  @Override
  protected String snapshotNames(String keptModel) {
    return "model of lr at step 3: ";
  }

  @Override
  protected void flip(String place, String key) throws Exception {
    String name =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    Path file =
        places
            .resolve(place)
            .resolve("blobs")
            .resolve(name.substring(0, 2))
            .resolve(name.substring(2));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }
}
