package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.client.ComponentAt;
import io.fedflow.transport.client.ModelAt;
import io.fedflow.transport.client.TaskFilter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The options that a command line gave.
 *
 * @param values option to its text; flags to {@code true}
 */
record Given(Map<FlowOption, String> values) {

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
    return flag(option) ? List.of(text(option).split("[, ]+")) : List.of();
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
