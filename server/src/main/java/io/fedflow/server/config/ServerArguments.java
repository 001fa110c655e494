package io.fedflow.server.config;

import io.fedflow.failure.FedflowException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of a server from everywhere, as one command line. Immutable.
 *
 * @param all what the command line, the environment and the file give together; of an option that
 *     several give only the first's
 * @param origins who gave each option, by its name without strokes; an option that nobody gave is
 *     not in it
 */
public record ServerArguments(List<String> all, Map<String, Origin> origins) {

  /** The option that names the file. */
  public static final String CONFIG = "config";

  /** What variables of the environment begin with. */
  public static final String PREFIX = "FEDFLOW_";

  /** What a file cannot ask for. */
  static final Set<String> COMMAND_LINE_ONLY = Set.of(CONFIG, "print-config", "help", "version");

  /** Copies the collections. */
  public ServerArguments {
    all = List.copyOf(all);
    origins = Map.copyOf(origins);
  }

  /**
   * Puts the options together.
   *
   * @param spec the options that there are
   * @param given what stands on the command line
   * @param environment the variables of the process
   * @throws FedflowException {@code config.file}, {@code config.line}, {@code config.unknown} or
   *     {@code config.value}, each naming file or variable
   */
  public static ServerArguments of(
      CommandSpec spec, List<String> given, Map<String, String> environment) {
    Map<String, OptionSpec> options = new LinkedHashMap<>();
    for (OptionSpec option : spec.options()) {
      options.put(option.longestName().replaceFirst("^-+", ""), option);
    }
    Map<String, List<String>> file = file(options, given, environment);
    Map<String, Origin> origins = new LinkedHashMap<>();
    List<String> all = new ArrayList<>();
    options.forEach(
        (name, option) -> {
          String variable = environment.get(variable(name));
          if (isGiven(given, option)) {
            origins.put(name, Origin.COMMAND_LINE);
          } else if (COMMAND_LINE_ONLY.contains(name)) {
            return;
          } else if (variable != null) {
            origins.put(name, Origin.ENVIRONMENT);
            add(all, option, variable(name), split(option, variable));
          } else if (file.containsKey(name)) {
            origins.put(name, Origin.FILE);
            add(all, option, name + " of the file", file.get(name));
          }
        });
    all.addAll(given);
    return new ServerArguments(all, origins);
  }

  /** The variable that gives an option. */
  public static String variable(String name) {
    return PREFIX + name.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static Map<String, List<String>> file(
      Map<String, OptionSpec> options, List<String> given, Map<String, String> environment) {
    String path = named(given, environment);
    if (path == null) {
      return Map.of();
    }
    Map<String, List<String>> file = ConfigFile.read(Path.of(path));
    for (String name : file.keySet()) {
      if (!options.containsKey(name) || COMMAND_LINE_ONLY.contains(name)) {
        throw FedflowException.invalid(
            "config.unknown",
            path
                + ": found the name "
                + name
                + ", allowed "
                + options.keySet().stream()
                    .filter(known -> !COMMAND_LINE_ONLY.contains(known))
                    .sorted()
                    .collect(Collectors.joining(", ")));
      }
    }
    return file;
  }

  private static String named(List<String> given, Map<String, String> environment) {
    String option = "--" + CONFIG;
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i).startsWith(option + '=')) {
        return given.get(i).substring(option.length() + 1);
      }
      if (given.get(i).equals(option) && i + 1 < given.size()) {
        return given.get(i + 1);
      }
    }
    return environment.get(variable(CONFIG));
  }

  private static boolean isGiven(List<String> given, OptionSpec option) {
    for (String name : option.names()) {
      for (String argument : given) {
        if (argument.equals(name) || argument.startsWith(name + '=')) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> split(OptionSpec option, String variable) {
    return option.isMultiValue() ? List.of(variable.strip().split("\\s+")) : List.of(variable);
  }

  private static void add(List<String> all, OptionSpec option, String from, List<String> values) {
    if (values.size() > 1 && !option.isMultiValue()) {
      throw FedflowException.invalid(
          "config.value", from + ": found " + values.size() + " values, allowed one");
    }
    for (String value : values) {
      if (option.typeInfo().isBoolean()) {
        flag(all, option, from, value);
      } else {
        all.add(option.longestName() + '=' + value);
      }
    }
  }

  private static void flag(List<String> all, OptionSpec option, String from, String value) {
    switch (value) {
      case "true" -> all.add(option.longestName());
      case "false" -> {
        // As if it were not there.
      }
      default ->
          throw FedflowException.invalid(
              "config.value", from + ": found '" + value + "', allowed true, false");
    }
  }
}
