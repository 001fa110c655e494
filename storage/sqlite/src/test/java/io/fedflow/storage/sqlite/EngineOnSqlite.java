package io.fedflow.storage.sqlite;

import io.fedflow.spi.Stores;
import io.fedflow.storage.sql.StoresOfTests;
import io.fedflow.storage.sql.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lets the engine's tests keep everything in SQLite files below the build's folder. */
public final class EngineOnSqlite extends StoresOfTests {

  @Override
  protected Stores open() throws IOException {
    Path folders = Files.createDirectories(Path.of("target", "engine"));
    return SqliteStores.open(Files.createTempDirectory(folders, "stores"), new TestJson());
  }
}
