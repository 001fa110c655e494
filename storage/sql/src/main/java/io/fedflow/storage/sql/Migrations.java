package io.fedflow.storage.sql;

import io.fedflow.failure.FedflowException;
import io.fedflow.storage.sql.Migration.Applied;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The schema as a list of migrations. A database remembers which it has; what it has must be what
 * we know, or the data could be read wrongly. Immutable.
 */
public final class Migrations {

  /** Makes the table that remembers, if it is not there. */
  public static final String CREATE_MEMORY =
      "CREATE TABLE IF NOT EXISTS schema_migration (number bigint PRIMARY KEY,"
          + " name text NOT NULL, checksum text NOT NULL, applied_at bigint NOT NULL)";

  /** Reads what the database has, by number. */
  public static final String APPLIED =
      "SELECT number, name, checksum FROM schema_migration ORDER BY number";

  /** Remembers a migration: number, name, checksum, epoch milliseconds. */
  public static final String REMEMBER =
      "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)";

  private static final List<String> FILES =
      List.of(
          "0001-stores.sql",
          "0002-blobs.sql",
          "0003-attempts.sql",
          "0004-slots.sql",
          "0005-lifecycle.sql",
          "0006-pipeline-models.sql",
          "0007-servers.sql",
          "0008-instances.sql",
          "0009-job-counts.sql",
          "0010-cheaper-creation.sql");

  private final List<Migration> known;

  Migrations(List<Migration> known) {
    this.known = List.copyOf(known);
  }

  /** All migrations of this version. */
  public static Migrations all() {
    return new Migrations(FILES.stream().map(Migrations::load).toList());
  }

  /**
   * The migrations up to one of them, as an older version had them all.
   *
   * @param number the last one
   * @throws FedflowException {@code store.schema} if this version does not know it
   */
  public Migrations upTo(int number) {
    if (number < 0 || number > known.size()) {
      throw FedflowException.invalid(
          "store.schema",
          "schema: found "
              + number
              + ", newer than this version knows ("
              + known.size()
              + "); use a newer Fedflow");
    }
    return new Migrations(known.subList(0, number));
  }

  /** The number of the last one. */
  public int last() {
    return known.size();
  }

  /** A row of {@link #APPLIED}. */
  public static Applied applied(SqlRow row) {
    return new Applied(Math.toIntExact(row.number(0)), row.text(1), row.text(2));
  }

  /** The parameters of {@link #REMEMBER}. */
  public static List<Object> memory(Migration migration, long now) {
    return List.of((long) migration.number(), migration.name(), migration.checksum(), now);
  }

  /**
   * The migrations that a database still needs, in order.
   *
   * @param applied what it has, by number
   * @param database names the database in messages
   * @throws FedflowException {@code store.schema} if the database has another history than this
   *     version knows
   */
  public List<Migration> pending(List<Applied> applied, String database) {
    for (int i = 0; i < applied.size(); i++) {
      Applied had = applied.get(i);
      if (i >= known.size()) {
        throw refused(
            database,
            "its schema is at "
                + describe(applied.get(applied.size() - 1).number(), had.name())
                + ", newer than this version knows ("
                + known.size()
                + "); start a newer Fedflow, or restore a backup of before the upgrade");
      }
      Migration expected = known.get(i);
      if (had.number() != expected.number() || !had.checksum().equals(expected.checksum())) {
        throw refused(
            database,
            "its migration "
                + describe(had.number(), had.name())
                + " is not the one that this version knows as "
                + describe(expected.number(), expected.name())
                + " (found checksum "
                + had.checksum()
                + ", expected "
                + expected.checksum()
                + "); use the Fedflow that made it, or another database");
      }
    }
    return known.subList(applied.size(), known.size());
  }

  static Migration parse(String file, String content) {
    // Line ends may differ by how sources were checked out; the checksum must not.
    String text = content.replace("\r\n", "\n");
    int dash = file.indexOf('-');
    return new Migration(
        Integer.parseInt(file.substring(0, dash)),
        file.substring(dash + 1, file.length() - ".sql".length()),
        sha256(text),
        text);
  }

  private static Migration load(String file) {
    try (InputStream in = Migrations.class.getResourceAsStream("migrations/" + file)) {
      if (in == null) {
        throw new IllegalStateException("migration " + file + " is missing in the jar");
      }
      return parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("migration " + file + " cannot be read", e);
    }
  }

  private static FedflowException refused(String database, String why) {
    return FedflowException.invalid("store.schema", database + ": " + why);
  }

  private static String describe(int number, String name) {
    return number + " (" + name + ')';
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
