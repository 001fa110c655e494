package io.fedflow.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** FATE's own list of commands, from {@code flow-commands.txt}. */
final class OfficialCommands {

  private OfficialCommands() {}

  /**
   * One option.
   *
   * @param names all its names
   * @param required whether it must be given
   * @param flag whether it has no value
   * @param negatable whether {@code --no-} takes it back
   */
  record Option(List<String> names, boolean required, boolean flag, boolean negatable) {

    static Option parse(String text) {
      boolean required = text.startsWith("*");
      boolean negatable = text.endsWith("!!");
      boolean flag = text.endsWith("!");
      String names = text.replaceAll("^\\*|!+$", "");
      return new Option(List.of(names.split(",")), required, flag, negatable);
    }
  }

  /** {@code group verb}, or {@code init}, to its options. */
  static Map<String, List<Option>> all() throws IOException {
    Map<String, List<Option>> commands = new LinkedHashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                OfficialCommands.class.getResourceAsStream("flow-commands.txt"),
                StandardCharsets.UTF_8))) {
      for (String line : reader.lines().filter(each -> !each.startsWith("#")).toList()) {
        List<String> words = new ArrayList<>();
        List<Option> options = new ArrayList<>();
        for (String word : line.split(" ")) {
          if (word.startsWith("-") || word.startsWith("*")) {
            options.add(Option.parse(word));
          } else {
            words.add(word);
          }
        }
        commands.put(String.join(" ", words), options);
      }
    }
    return commands;
  }
}
