package io.fedflow.transport.route;

/**
 * Where a site listens for other parties.
 *
 * @param host a name or an address; IPv6 without brackets
 * @param port 1..65535
 */
public record SiteAddress(String host, int port) {

  /**
   * Checks both parts.
   *
   * @throws IllegalArgumentException if the host is empty or the port out of range
   */
  public SiteAddress {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "site address: found '" + host + ':' + port + "', expected host and port 1..65535");
    }
  }

  /**
   * Reads {@code host:port}, where an IPv6 host stands in brackets.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static SiteAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    try {
      String host = text.substring(0, Math.max(colon, 0));
      if (host.startsWith("[") && host.endsWith("]")) {
        host = host.substring(1, host.length() - 1);
      } else if (host.indexOf(':') >= 0) {
        throw malformed(text);
      }
      return new SiteAddress(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException noNumber) {
      throw malformed(text);
    }
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "site address: found '" + text + "', expected host:port or [ipv6]:port");
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
  }
}
