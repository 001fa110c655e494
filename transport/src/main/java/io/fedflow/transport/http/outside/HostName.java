package io.fedflow.transport.http.outside;

import io.fedflow.failure.FedflowException;
import java.util.regex.Pattern;

/** The syntax of names and addresses of hosts. Stateless. */
final class HostName {

  private static final int LONGEST = 253;

  private static final Pattern NAME =
      Pattern.compile(
          "[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?"
              + "(\\.[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?)*");

  private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]{2,45}");

  private HostName() {}

  /**
   * A host as it was given.
   *
   * @param field what is named in a refusal
   * @throws FedflowException {@code argument.type} (INVALID)
   */
  static String require(String field, String text) {
    if (text.length() <= LONGEST
        && (NAME.matcher(text).matches() || IPV6.matcher(text).matches())) {
      return text;
    }
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    throw FedflowException.invalid(
        "argument.type",
        field + ": found '" + shown + "', allowed the name or the address of a host");
  }
}
