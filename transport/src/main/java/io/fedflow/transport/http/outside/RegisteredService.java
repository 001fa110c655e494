package io.fedflow.transport.http.outside;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.http.wire.Arguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A service of a registered server, as a client described it. It is shown and never called.
 * Immutable.
 *
 * @param server the server's name, upper case
 * @param name the service's name
 * @param url where it is; for what this server itself offers only the path
 * @param method the HTTP method
 * @param params a JSON tree, or null
 * @param data a JSON tree, or null
 * @param headers names and values; of those that look secret the value is null
 */
record RegisteredService(
    String server,
    String name,
    String url,
    String method,
    Object params,
    Object data,
    Map<String, Object> headers) {

  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");

  private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~/%?=&,+:@-]{0,500}");

  /**
   * Reads and checks what a client sent.
   *
   * @param at the server, which is registered
   * @throws FedflowException {@code argument.missing} or {@code argument.type} (INVALID)
   */
  static RegisteredService of(String server, String name, RegisteredServer at, Arguments given) {
    String uri = given.requiredText("uri");
    String path = uri.startsWith("/") ? uri : '/' + uri;
    if (!PATH.matcher(path).matches()) {
      throw FedflowException.invalid(
          "argument.type",
          "uri: found a text of " + uri.length() + " characters, allowed a path of up to 500");
    }
    String method = given.text("method").orElse("POST").toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      throw FedflowException.invalid(
          "argument.type", "method: found another one, allowed " + METHODS);
    }
    String host = at.host().indexOf(':') >= 0 ? '[' + at.host() + ']' : at.host();
    return new RegisteredService(
        server,
        name,
        at.protocol() + "://" + host + ':' + at.port() + path,
        method,
        given.any("params").map(SecretFields::without).orElse(null),
        given.any("data").map(SecretFields::without).orElse(null),
        given.object("headers").map(headers -> SecretFields.without(headers)).orElse(Map.of()));
  }

  /** A service that this server itself offers. */
  static RegisteredService own(String server, String name, String path) {
    return new RegisteredService(server, name, path, "POST", null, null, Map.of());
  }

  /** FATE's row. */
  Map<String, Object> row() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("f_server_name", server);
    row.put("f_service_name", name);
    row.put("f_url", url);
    row.put("f_method", method);
    row.put("f_params", params);
    row.put("f_data", data);
    row.put("f_headers", headers);
    return row;
  }

  /** Reads a row back. */
  static RegisteredService of(Map<?, ?> row) {
    Arguments fields = Arguments.of(row);
    return new RegisteredService(
        fields.requiredText("f_server_name"),
        fields.requiredText("f_service_name"),
        fields.requiredText("f_url"),
        fields.requiredText("f_method"),
        fields.any("f_params").orElse(null),
        fields.any("f_data").orElse(null),
        fields.object("f_headers").orElse(Map.of()));
  }
}
