package io.fedflow.storage.sql.backup;

import io.fedflow.failure.FedflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a backup holds, as the lines of its last entry.
 *
 * @param kind which kind of store it was made of
 * @param schema the number of the last migration that the store had
 * @param made when, in epoch milliseconds
 * @param entries every other entry of the file, in order
 */
public record Manifest(String kind, int schema, long made, List<Entry> entries) {

  /** The name of the manifest's own entry. */
  static final String NAME = "manifest.txt";

  static final String ROWS = "rows/";
  static final String BLOBS = "blobs/";

  private static final Pattern HEAD =
      Pattern.compile("fedflow-backup 1 ([a-z]{1,20}) (\\d{1,6}) (\\d{1,18})");
  private static final Pattern ENTRY =
      Pattern.compile(
          "([0-9a-f]{64}) (\\d{1,18}) (\\d{1,18}) ((?:rows|blobs)/[A-Za-z0-9_]{1,100})");

  /**
   * An entry of the file.
   *
   * @param name {@code rows/<table>} or {@code blobs/<name>}
   * @param digest SHA-256 of its bytes before compression, lower-case hex
   * @param bytes how many bytes these are
   * @param rows how many rows it holds; 0 for a blob
   */
  public record Entry(String name, String digest, long bytes, long rows) {}

  /** Copies the list. */
  public Manifest {
    entries = List.copyOf(entries);
  }

  /** How many rows all tables have together. */
  public long rows() {
    return entries.stream().mapToLong(Entry::rows).sum();
  }

  /** How many blobs lie outside the rows. */
  public long blobs() {
    return entries.stream().filter(entry -> entry.name().startsWith(BLOBS)).count();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append("fedflow-backup 1 ").append(kind).append(' ').append(schema).append(' ');
    text.append(made).append('\n');
    for (Entry entry : entries) {
      text.append(entry.digest()).append(' ').append(entry.bytes()).append(' ');
      text.append(entry.rows()).append(' ').append(entry.name()).append('\n');
    }
    return text.toString();
  }

  static Manifest parse(String text) {
    List<String> lines = text.lines().toList();
    Matcher head = HEAD.matcher(lines.isEmpty() ? "" : lines.get(0));
    if (!head.matches()) {
      throw damaged("its manifest does not begin as that of a backup of version 1");
    }
    List<Entry> entries = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      Matcher entry = ENTRY.matcher(line);
      if (!entry.matches()) {
        throw damaged("its manifest has a line that names no entry");
      }
      entries.add(
          new Entry(
              entry.group(4),
              entry.group(1),
              Long.parseLong(entry.group(2)),
              Long.parseLong(entry.group(3))));
    }
    return new Manifest(
        head.group(1), Integer.parseInt(head.group(2)), Long.parseLong(head.group(3)), entries);
  }

  static FedflowException damaged(String why) {
    return FedflowException.invalid(
        "backup.damaged", "the backup is damaged: " + why + "; take another one");
  }
}
