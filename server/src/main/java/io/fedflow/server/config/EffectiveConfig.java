package io.fedflow.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the options of a server are in the end, as a file that would give them. */
public final class EffectiveConfig {

  private static final Pattern PASSWORD = Pattern.compile("(://[^:/@]*:)[^@]*(@)");

  private static final int WIDTH = 96;

  private EffectiveConfig() {}

  /**
   * Lines {@code name = value}, each under remarks that say what it is and who gave it. Passwords
   * of URLs are masked; files of keys are named, never read.
   *
   * @param spec a command that was parsed
   * @param origins who gave which option; all others have their defaults
   */
  public static List<String> lines(CommandSpec spec, Map<String, Origin> origins) {
    List<String> lines = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      String name = option.longestName().replaceFirst("^-+", "");
      if (ServerArguments.COMMAND_LINE_ONLY.contains(name)) {
        continue;
      }
      lines.add("");
      for (String description : option.description()) {
        String told = description.replace("${DEFAULT-VALUE}", option.defaultValueString());
        wrapped(told).forEach(line -> lines.add("# " + line));
      }
      Origin origin = origins.getOrDefault(name, Origin.DEFAULT);
      List<String> values = values(option);
      lines.add("# from: " + origin);
      values.forEach(value -> lines.add(name + " = " + masked(value)));
      if (values.isEmpty()) {
        lines.add("# " + name + " =");
      }
    }
    return lines.subList(1, lines.size());
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() + word.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static List<String> values(OptionSpec option) {
    Object value = option.getValue();
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return value == null || value.toString().isEmpty() ? List.of() : List.of(value.toString());
  }

  static String masked(String value) {
    return PASSWORD.matcher(value).replaceAll("$1***$2");
  }
}
