package io.fedflow.spi;

import io.fedflow.failure.FedflowException;
import java.util.regex.Pattern;

/**
 * A server of this site, as it tells others of the same site. Immutable.
 *
 * @param instanceId tells it from others, anew at every start; 1..64 letters, digits, '_', '-', '.'
 * @param host where it listens; 1..255 characters
 * @param httpPort its port for clients; 0..65535
 * @param grpcPort its port for other parties; 0 for none, up to 65535
 * @param software its software and version, for people; at most 100 characters
 * @param started when it started, in milliseconds since 1970; not negative
 */
public record SiteServer(
    String instanceId, String host, int httpPort, int grpcPort, String software, long started) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final int LONGEST_HOST = 255;
  private static final int LONGEST_SOFTWARE = 100;
  private static final int HIGHEST_PORT = 65_535;

  /**
   * Checks all fields.
   *
   * @throws FedflowException {@code server.invalid} naming the field, what was found and what is
   *     allowed
   */
  public SiteServer {
    if (!ID.matcher(instanceId).matches()) {
      throw wrong("instance_id", instanceId, "1..64 letters, digits, '_', '-' and '.'");
    }
    if (host.isBlank() || host.length() > LONGEST_HOST) {
      throw wrong("host", host, "1.." + LONGEST_HOST + " characters");
    }
    port("http_port", httpPort);
    port("grpc_port", grpcPort);
    if (software.length() > LONGEST_SOFTWARE) {
      throw wrong("software", software, "at most " + LONGEST_SOFTWARE + " characters");
    }
    if (started < 0) {
      throw wrong("started", started, "0 or more");
    }
  }

  private static void port(String field, int port) {
    if (port < 0 || port > HIGHEST_PORT) {
      throw wrong(field, port, "0.." + HIGHEST_PORT);
    }
  }

  private static FedflowException wrong(String field, Object found, String allowed) {
    return FedflowException.invalid(
        "server.invalid", field + ": found '" + found + "', allowed " + allowed);
  }
}
