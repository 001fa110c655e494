package io.fedflow.storage.sql;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the databases do not share: how parameters are written, and three words of the schema. */
public enum Dialect {
  /** SQLite numbers {@code $N} by first appearance: only {@code ?N} means the N-th parameter. */
  SQLITE("integer PRIMARY KEY AUTOINCREMENT", "text", "blob"),

  /** Texts are compared by bytes, as SQLite and Java do, whatever the database's collation. */
  POSTGRES("bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "text COLLATE \"C\"", "bytea");

  private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

  private final String position;
  private final String text;
  private final String bytes;

  Dialect(String position, String text, String bytes) {
    this.position = position;
    this.text = text;
    this.bytes = bytes;
  }

  /** A statement of the shared dialect as this database takes it. */
  public String statement(String shared) {
    return this == POSTGRES ? shared : PARAMETER.matcher(shared).replaceAll("?$1");
  }

  /** Tells whether a statement of a migration is for this database. */
  boolean concerns(String shared) {
    return Arrays.stream(values())
        .allMatch(other -> other == this || !shared.startsWith(other.word()));
  }

  private String word() {
    return "${" + name().toLowerCase(Locale.ROOT) + "}";
  }

  /** A statement of a migration as this database takes it. */
  String schema(String shared) {
    return shared
        .replace(word(), "")
        .replace("${position}", position)
        .replace("${text}", text)
        .replace("${bytes}", bytes);
  }
}
