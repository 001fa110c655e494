package io.fedflow.permission;

import io.fedflow.dsl.TableRef;
import java.util.LinkedHashSet;
import java.util.Set;

/** Grants as lines of words between tabs, which no name of a table or module holds. */
final class GrantsText {

  private static final String COMPONENT = "component";
  private static final String TABLE = "table";

  private GrantsText() {}

  static String write(Grants grants) {
    StringBuilder text = new StringBuilder();
    grants.components().forEach(c -> text.append(COMPONENT).append('\t').append(c).append('\n'));
    grants
        .tables()
        .forEach(
            t ->
                text.append(TABLE)
                    .append('\t')
                    .append(t.namespace())
                    .append('\t')
                    .append(t.name())
                    .append('\n'));
    return text.toString();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException for anything else: half of a permission is none
   */
  static Grants read(String text) {
    Set<String> components = new LinkedHashSet<>();
    Set<TableRef> tables = new LinkedHashSet<>();
    text.lines()
        .forEach(
            line -> {
              String[] words = line.split("\t", -1);
              if (words[0].equals(COMPONENT) && words.length == 2) {
                components.add(words[1]);
              } else if (words[0].equals(TABLE) && words.length == 3) {
                tables.add(new TableRef(words[1], words[2]));
              } else {
                throw new IllegalArgumentException("permissions: found a line '" + line + "'");
              }
            });
    return new Grants(components, tables);
  }
}
