package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.client.ComponentAt;
import io.fedflow.transport.client.ModelAt;
import io.fedflow.transport.client.TaskFilter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The options that a command line gave.
 *
 * @param values option to its text; flags to {@code true}
 * @param err for what is told meanwhile
 */
record Given(Map<FlowOption, String> values, PrintWriter err) {

  /** Null if it was not given. */
  String text(FlowOption option) {
    return values.get(option);
  }

  boolean flag(FlowOption option) {
    return values.containsKey(option);
  }

  int number(FlowOption option) {
    try {
      return Integer.parseInt(text(option));
    } catch (NumberFormatException e) {
      throw FedflowException.invalid(
          "option.number", option.names()[0] + ": found " + text(option) + ", expected an integer");
    }
  }

  /** Null if it was not given. */
  Path path(FlowOption option) {
    return flag(option) ? Path.of(text(option)) : null;
  }

  List<String> list(FlowOption option) {
    return flag(option) ? names(text(option)) : List.of();
  }

  /** The text of an option; one that was given several times has a line for each. */
  static String text(Object value) {
    return value instanceof List<?> several
        ? several.stream().map(String::valueOf).collect(Collectors.joining("\n"))
        : value.toString();
  }

  /** Names with commas, blanks or line ends between. */
  static List<String> names(String text) {
    return Arrays.stream(text.split("[,\\s]+")).filter(name -> !name.isEmpty()).toList();
  }

  /** Names of components, from the line or from a file; none if neither was given. */
  List<String> components() {
    if (flag(FlowOption.COMPONENTS) && flag(FlowOption.COMPONENTS_FILE)) {
      throw FedflowException.invalid(
          "option.components", "found both --cpn-list and --cpn-path, allowed one");
    }
    return flag(FlowOption.COMPONENTS_FILE)
        ? names(Documents.text(path(FlowOption.COMPONENTS_FILE)))
        : list(FlowOption.COMPONENTS);
  }

  /** These options as a body; those that were not given are left out. */
  Map<String, Object> body(FlowOption... options) {
    Map<String, Object> body = new LinkedHashMap<>();
    for (FlowOption option : options) {
      if (flag(option)) {
        body.put(option.field(), text(option));
      }
    }
    return body;
  }

  ComponentAt component() {
    return new ComponentAt(
        text(FlowOption.JOB),
        text(FlowOption.COMPONENT),
        text(FlowOption.ROLE),
        text(FlowOption.PARTY));
  }

  TaskFilter filter() {
    return TaskFilter.job(text(FlowOption.JOB))
        .at(text(FlowOption.ROLE), text(FlowOption.PARTY))
        .component(text(FlowOption.COMPONENT))
        .status(text(FlowOption.STATUS));
  }

  ModelAt model() {
    return new ModelAt(text(FlowOption.MODEL), text(FlowOption.VERSION));
  }
}
