package io.fedflow.server;

import io.fedflow.storage.postgres.TestPostgres;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the servers of tests keep things, as the system property {@value #PROPERTY} says: {@code
 * sqlite} (the default), {@code postgres} or {@code memory}. Tests that name a database themselves
 * are not asked.
 */
final class TestDatabase {

  static final String PROPERTY = "fedflow.test.database";

  private static final String SQLITE = "sqlite";

  private static final Map<Path, String> OF_FOLDER = new ConcurrentHashMap<>();

  private TestDatabase() {}

  /** The option {@code --database} of a server on a folder: the same for the same folder. */
  static String of(Path folder) {
    return of(folder, System.getProperty(PROPERTY, SQLITE));
  }

  /** As {@link #of}, for servers that must find what others left: SQLite where memory is asked. */
  static String lasting(Path folder) {
    String kind = System.getProperty(PROPERTY, SQLITE);
    return of(folder, kind.equals(ServerOptions.MEMORY) ? SQLITE : kind);
  }

  private static String of(Path folder, String kind) {
    return switch (kind) {
      case SQLITE -> "";
      case ServerOptions.MEMORY -> ServerOptions.MEMORY;
      case "postgres" ->
          OF_FOLDER.computeIfAbsent(
              folder.toAbsolutePath().normalize(), fresh -> TestPostgres.freshDatabase());
      default ->
          throw new IllegalArgumentException(
              PROPERTY + ": found " + kind + ", expected sqlite, postgres or memory");
    };
  }
}
