package io.fedflow.permission;

import io.fedflow.dsl.TableRef;
import java.util.LinkedHashSet;
import java.util.Set;

/** Grants as lines of words between tabs, which no name of a table or module holds. */
final class GrantsText {

  private static final String COMPONENT = "component";
  private static final String TABLE = "table";
  private static final String ROLE = "role";
  private static final String COMMAND = "command";

  /** Alone it says that there is a limit: none of the names may be left. */
  private static final String LIMITED = "limited";

  private GrantsText() {}

  static String write(Grants grants) {
    StringBuilder text = new StringBuilder();
    grants.components().forEach(name -> line(text, COMPONENT, name));
    grants.tables().forEach(table -> line(text, TABLE, table.namespace(), table.name()));
    write(text, ROLE, grants.roles());
    write(text, COMMAND, grants.commands());
    return text.toString();
  }

  private static void write(StringBuilder text, String kind, Limit limit) {
    if (limit.limited()) {
      line(text, LIMITED, kind);
      limit.names().forEach(name -> line(text, kind, name));
    }
  }

  private static void line(StringBuilder text, String... words) {
    text.append(String.join("\t", words)).append('\n');
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException for anything else: half of a permission is none
   */
  static Grants read(String text) {
    Set<String> components = new LinkedHashSet<>();
    Set<TableRef> tables = new LinkedHashSet<>();
    Set<String> roles = new LinkedHashSet<>();
    Set<String> commands = new LinkedHashSet<>();
    Set<String> limited = new LinkedHashSet<>();
    text.lines()
        .forEach(
            line -> {
              String[] words = line.split("\t", -1);
              if (words[0].equals(TABLE) && words.length == 3) {
                tables.add(new TableRef(words[1], words[2]));
                return;
              }
              Set<String> names =
                  switch (words[0]) {
                    case COMPONENT -> components;
                    case ROLE -> roles;
                    case COMMAND -> commands;
                    case LIMITED -> limited;
                    default -> null;
                  };
              if (names == null || words.length != 2) {
                throw new IllegalArgumentException("permissions: found a line '" + line + "'");
              }
              names.add(words[1]);
            });
    return new Grants(
        components,
        tables,
        new Limit(limited.contains(ROLE), roles),
        new Limit(limited.contains(COMMAND), commands));
  }
}
