package io.fedflow.server.cli;

import io.fedflow.transport.client.FlowClient;
import io.fedflow.transport.client.Pending;
import java.util.List;

/**
 * One command of FATE's {@code flow} program.
 *
 * @param group the first word, such as {@code job}
 * @param name the second word
 * @param description for the help
 * @param required options that must be given
 * @param optional options that may be given
 * @param call what it asks
 */
record FlowVerb(
    String group,
    String name,
    String description,
    List<FlowOption> required,
    List<FlowOption> optional,
    Call call) {

  static FlowVerb of(
      String group, String name, String description, List<FlowOption> required, Call call) {
    return new FlowVerb(group, name, description, required, List.of(), call);
  }

  FlowVerb with(FlowOption... more) {
    return new FlowVerb(group, name, description, required, List.of(more), call);
  }

  /** Asks a server; gives an {@code Answer}, or the path of what was downloaded. */
  @FunctionalInterface
  interface Call {
    Pending<?> send(FlowClient client, Given given);
  }
}
