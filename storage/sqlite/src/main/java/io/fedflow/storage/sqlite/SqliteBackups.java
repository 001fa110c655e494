package io.fedflow.storage.sqlite;

import io.fedflow.failure.FedflowException;
import io.fedflow.storage.sql.backup.RestoreTarget;
import io.fedflow.storage.sql.backup.StoreSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens what backups of a folder are made of, and restored into. */
public final class SqliteBackups {

  private SqliteBackups() {}

  /**
   * The rows of a folder's database as they are now, and its blobs; a server may go on writing. A
   * table or model that is dropped meanwhile may be among the rows without its bytes.
   *
   * @throws FedflowException {@code store.unknown} if the folder has no database, {@code
   *     store.unavailable} if it cannot be read
   */
  public static StoreSnapshot snapshot(Path dir) {
    if (!Files.isRegularFile(dir.resolve(SqliteStores.DATABASE))) {
      throw FedflowException.invalid(
          "store.unknown", "folder " + dir + ": found no " + SqliteStores.DATABASE);
    }
    return SqliteSnapshot.open(dir);
  }

  /**
   * A folder that a backup is restored into. Its database appears, whole, when the target is
   * committed.
   *
   * @param dir without a database; made if it is not there
   * @param schema the number of the backup's last migration
   * @throws FedflowException {@code store.not_empty} if the folder has a database, {@code
   *     store.locked} if a server uses it, {@code store.schema} if the backup is of a newer version
   */
  public static RestoreTarget target(Path dir, int schema) throws IOException {
    Files.createDirectories(dir);
    FolderLock lock = FolderLock.take(dir);
    try {
      if (Files.exists(dir.resolve(SqliteStores.DATABASE))) {
        throw FedflowException.invalid(
            "store.not_empty",
            "folder "
                + dir
                + " has a database already; restore into another folder, or move it away");
      }
      return SqliteRestore.begin(dir, schema, lock);
    } catch (IOException | RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }
}
