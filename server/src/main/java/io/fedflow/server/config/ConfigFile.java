package io.fedflow.server.config;

import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of options: lines {@code name = value}, where the name is that of an option without its
 * two strokes. What may be given several times stands on several lines. Empty lines and those that
 * begin with {@code #} say nothing.
 */
final class ConfigFile {

  private static final long LONGEST = 1 << 20;

  private ConfigFile() {}

  /**
   * Reads a file: values by name, in the order of the file.
   *
   * @throws FedflowException {@code config.file} if it cannot be read, {@code config.line} naming
   *     the line that is not of the form
   */
  static Map<String, List<String>> read(Path file) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      String bare = line.strip();
      if (bare.isEmpty() || bare.startsWith("#")) {
        continue;
      }
      int equals = bare.indexOf('=');
      String name = equals < 0 ? "" : bare.substring(0, equals).strip();
      if (!name.matches("[a-z][a-z0-9-]*")) {
        throw FedflowException.invalid(
            "config.line", file + ": line " + number + " is not of the form name = value");
      }
      values
          .computeIfAbsent(name, first -> new ArrayList<>())
          .add(bare.substring(equals + 1).strip());
    }
    return values;
  }

  private static List<String> lines(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw FedflowException.invalid(
            "config.file", "--config: found more than " + LONGEST + " bytes in " + file);
      }
      return Files.readAllLines(file);
    } catch (MalformedInputException noText) {
      throw FedflowException.invalid("config.file", "--config: " + file + " is not UTF-8");
    } catch (IOException unreadable) {
      throw FedflowException.invalid("config.file", "--config: cannot read " + file);
    }
  }
}
