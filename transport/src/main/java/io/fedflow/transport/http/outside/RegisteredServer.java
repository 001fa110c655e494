package io.fedflow.transport.http.outside;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.http.wire.Arguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A server of somebody else, as a client registered it. It is shown and never called. Immutable.
 *
 * @param host a name or an address
 * @param port 1..65535
 * @param protocol http, https or grpc
 */
record RegisteredServer(String host, int port, String protocol) {

  private static final List<String> PROTOCOLS = List.of("http", "https", "grpc");

  /**
   * Reads and checks what a client sent.
   *
   * @throws FedflowException {@code argument.missing} or {@code argument.type} (INVALID)
   */
  static RegisteredServer of(Arguments given) {
    given.require("host", "port");
    String protocol = given.text("protocol").orElse("http");
    if (!PROTOCOLS.contains(protocol)) {
      throw FedflowException.invalid(
          "argument.type", "protocol: found another one, allowed " + PROTOCOLS);
    }
    return new RegisteredServer(
        HostName.require("host", given.requiredText("host")),
        given.integer("port", 0, 1, 65_535),
        protocol);
  }

  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("host", host);
    tree.put("port", port);
    tree.put("protocol", protocol);
    return tree;
  }
}
