package io.fedflow.server;

import io.fedflow.storage.postgres.TestPostgres;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * Where the servers of tests keep things, as the system property {@value #PROPERTY} says: {@code
 * sqlite} (the default), {@code postgres} or {@code memory}. Tests that name a database themselves
 * are not asked.
 */
final class TestDatabase {

  static final String PROPERTY = "fedflow.test.database";

  private static final Map<Path, String> OF_FOLDER = new ConcurrentHashMap<>();

  /** A test whose server must find again what another one left. */
  @Target({ElementType.TYPE, ElementType.METHOD})
  @Retention(RetentionPolicy.RUNTIME)
  @DisabledIfSystemProperty(
      named = PROPERTY,
      matches = ServerOptions.MEMORY,
      disabledReason = "nothing outlives a server that keeps everything in memory")
  @interface Lasting {}

  private TestDatabase() {}

  /** The option {@code --database} of a server on a folder: the same for the same folder. */
  static String of(Path folder) {
    String kind = System.getProperty(PROPERTY, "sqlite");
    return switch (kind) {
      case "sqlite" -> "";
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
