package io.fedflow.storage.sqlite;

import io.fedflow.failure.FedflowException;
import io.fedflow.spi.JsonCodec;
import io.fedflow.spi.Stores;
import io.fedflow.storage.sql.SqlStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens stores in a folder. */
public final class SqliteStores {

  /** The file of the database. */
  static final String DATABASE = "fedflow.db";

  /** The folder of the blobs. */
  static final String BLOBS = "blobs";

  private SqliteStores() {}

  /**
   * Opens the stores of a folder, which is made if it is not there: {@code fedflow.db}, its
   * write-ahead log beside it, {@code blobs/} and {@code fedflow.lock}. Blocks while the schema is
   * brought up to date; the stores themselves never block their caller, blobs excepted.
   *
   * <p>A write is on the disk when its stage completes. Writes that wait at the same time share one
   * commit.
   *
   * @param dir for one server at a time
   * @param json writes and reads JSON columns
   * @throws FedflowException {@code store.locked} if another server uses the folder, {@code
   *     store.schema} if another version made it, {@code store.unavailable} if it cannot be used
   */
  public static Stores open(Path dir, JsonCodec json) {
    FolderLock lock = null;
    SqliteEngine engine = null;
    try {
      Files.createDirectories(dir);
      lock = FolderLock.take(dir);
      engine = SqliteEngine.open(dir.resolve(DATABASE));
      FolderBlobStore blobs = FolderBlobStore.open(dir.resolve(BLOBS));
      return SqlStores.over(engine, json, blobs, closer(engine, lock));
    } catch (IOException e) {
      closer(engine, lock).run();
      throw Failures.unavailable("folder " + dir + " cannot be used", e);
    } catch (RuntimeException e) {
      closer(engine, lock).run();
      throw e;
    }
  }

  private static Runnable closer(SqliteEngine engine, FolderLock lock) {
    return () -> {
      if (engine != null) {
        engine.close();
      }
      if (lock != null) {
        lock.close();
      }
    };
  }
}
