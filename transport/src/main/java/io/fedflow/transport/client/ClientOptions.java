package io.fedflow.transport.client;

import java.net.URI;
import java.time.Duration;

/**
 * Which server to ask, and how long.
 *
 * @param server {@code http://host:port}
 * @param connectTimeout how long a connection may take
 * @param requestTimeout how long an answer may take to begin, and how long a transfer may stand
 *     still; one that stands still is given up between this and twice this
 * @param silence how long an event stream may say nothing, not even a heartbeat, before it counts
 *     as broken
 * @param reconnects how often a broken event stream is opened again without any event between
 */
public record ClientOptions(
    URI server,
    Duration connectTimeout,
    Duration requestTimeout,
    Duration silence,
    int reconnects) {

  /** A server in reach connects within milliseconds; a distant one within seconds. */
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Longer than a server lets any answer take. */
  public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(90);

  /** Four heartbeats of a server with default options. */
  public static final Duration DEFAULT_SILENCE = Duration.ofSeconds(60);

  /** With a second between, a restart of the server is survived. */
  public static final int DEFAULT_RECONNECTS = 30;

  /**
   * Checks the address.
   *
   * @throws IllegalArgumentException if it is not an HTTP address
   */
  public ClientOptions {
    if (!"http".equals(server.getScheme()) && !"https".equals(server.getScheme())
        || server.getHost() == null) {
      throw new IllegalArgumentException(
          "server: found '" + server + "', expected http://host:port");
    }
  }

  /** The usual patience. */
  public static ClientOptions of(String server) {
    return new ClientOptions(
        URI.create(server),
        DEFAULT_CONNECT_TIMEOUT,
        DEFAULT_REQUEST_TIMEOUT,
        DEFAULT_SILENCE,
        DEFAULT_RECONNECTS);
  }
}
