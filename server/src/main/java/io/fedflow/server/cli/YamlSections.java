package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the part of YAML that FATE's server configurations are written in: keys with texts, nested
 * by indentation, with remarks. Lists and values in brackets are passed over; nothing that is asked
 * of such a file stands in them.
 */
final class YamlSections {

  private static final Pattern ENTRY =
      Pattern.compile("( *)([A-Za-z0-9_.-]+) *:(?:\\s+(\"[^\"]*\"|'[^']*'|.*?))?\\s*(?:\\s#.*)?");

  private YamlSections() {}

  /** A nested section. */
  private record Level(int indent, Map<String, Object> entries) {}

  /**
   * The keys of a text; values are texts or further keys.
   *
   * @param name of the file, for messages
   * @throws FedflowException {@code file.yaml}, naming the line
   */
  static Map<String, Object> read(String name, String text) {
    Map<String, Object> root = new LinkedHashMap<>();
    Deque<Level> open = new ArrayDeque<>();
    open.push(new Level(-1, root));
    Level last = null;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String bare = line.strip();
      if (bare.isEmpty()
          || bare.startsWith("#")
          || bare.startsWith("-")
          || bare.startsWith("...")) {
        continue;
      }
      Matcher entry = ENTRY.matcher(line);
      if (!entry.matches()) {
        throw FedflowException.invalid(
            "file.yaml", name + ": line " + number + ": found '" + bare + "', expected key: value");
      }
      int indent = entry.group(1).length();
      if (last != null && indent > last.indent()) {
        open.push(last);
      }
      while (open.peek().indent() >= indent) {
        open.pop();
      }
      last = null;
      String value = entry.group(3);
      if (value == null || value.isEmpty() || value.startsWith("#")) {
        Map<String, Object> inner = new LinkedHashMap<>();
        open.peek().entries().put(entry.group(2), inner);
        last = new Level(indent, inner);
      } else {
        open.peek().entries().put(entry.group(2), unquoted(value));
      }
    }
    return root;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.startsWith("\"") && value.endsWith("\"")
                || value.startsWith("'") && value.endsWith("'"));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
