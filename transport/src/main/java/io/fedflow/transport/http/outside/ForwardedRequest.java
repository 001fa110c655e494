package io.fedflow.transport.http.outside;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.http.wire.Arguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a client wants to be sent to a service. Immutable.
 *
 * @param method the HTTP method
 * @param endpoint a path, with a query if it has one; it never leads above where the service is
 * @param party the party whose server is asked; empty for this one
 * @param body a JSON tree
 */
record ForwardedRequest(String method, String endpoint, String party, Object body) {

  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");

  private static final Pattern ENDPOINT = Pattern.compile("/[A-Za-z0-9._~/%?=&,+:@-]{0,1000}");

  private static final Pattern UPWARD =
      Pattern.compile("(^|/)(\\.|%2e){1,2}(/|\\?|$)|%2f|%5c|//", Pattern.CASE_INSENSITIVE);

  /**
   * Reads and checks a client's {@code header} and {@code body}.
   *
   * @throws FedflowException {@code argument.missing} or {@code argument.type} (INVALID)
   */
  static ForwardedRequest of(Arguments given) {
    Map<String, Object> fields = new LinkedHashMap<>();
    given
        .object("header")
        .orElse(Map.of())
        .forEach(
            (name, value) -> fields.put(name.toUpperCase(Locale.ROOT).replace('-', '_'), value));
    Arguments header = new Arguments(fields);
    String endpoint = header.text("ENDPOINT").orElse("");
    if (endpoint.isEmpty()) {
      throw FedflowException.invalid(
          "argument.missing", "required arguments are missing: header with ENDPOINT");
    }
    String path = endpoint.startsWith("/") ? endpoint : '/' + endpoint;
    if (!ENDPOINT.matcher(path).matches() || UPWARD.matcher(path).find()) {
      throw FedflowException.invalid(
          "argument.type",
          "header/ENDPOINT: found a text of "
              + endpoint.length()
              + " characters, allowed a path of up to 1000 without '..' and encoded slashes");
    }
    String method = header.text("METHOD").orElse("POST").toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      throw FedflowException.invalid(
          "argument.type", "header/METHOD: found another one, allowed " + METHODS);
    }
    return new ForwardedRequest(
        method, path, header.text("DEST_PARTY_ID").orElse(""), given.any("body").orElse(Map.of()));
  }
}
