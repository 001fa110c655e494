package io.fedflow.storage.sql;

import java.util.Arrays;
import java.util.List;

/**
 * One numbered step of the schema.
 *
 * @param number 1, 2, 3, …
 * @param name for people
 * @param checksum SHA-256 of its text, lower-case hex
 * @param text its statements, each ended by a semicolon at the end of a line; one that begins with
 *     the name of a dialect, such as {@code ${sqlite}}, is for that database alone
 */
public record Migration(int number, String name, String checksum, String text) {

  /** The statements as a database takes them. */
  public List<String> statements(Dialect dialect) {
    return Arrays.stream(text.replaceAll("(?m)^--.*$", "").split(";\\s*(\\n|$)"))
        .map(String::strip)
        .filter(statement -> !statement.isEmpty())
        .filter(dialect::concerns)
        .map(dialect::schema)
        .toList();
  }

  /**
   * A migration that a database remembers.
   *
   * @param number its number
   * @param name its name then
   * @param checksum its checksum then
   */
  public record Applied(int number, String name, String checksum) {}
}
