package io.fedflow.transport.client;

import java.time.Duration;
import java.util.Objects;

/**
 * How a {@link FlowClient} works.
 *
 * @param connection which server, and how long it may take
 * @param version the first part of every path
 * @param keys what requests are signed with; null for unsigned ones
 * @param readRetries how often a question is asked again when the server is away or the connection
 *     breaks; what changes something is never sent twice
 * @param retryPause how long before the first of these; every further one waits twice as long
 */
public record FlowOptions(
    ClientOptions connection,
    String version,
    ClientKeys keys,
    int readRetries,
    Duration retryPause) {

  /** The one version of FATE 1.x. */
  public static final String DEFAULT_VERSION = "v1";

  /** With the pauses between, about a second: a restarted proxy is survived. */
  public static final int DEFAULT_READ_RETRIES = 3;

  /** Short beside what a person notices. */
  public static final Duration DEFAULT_RETRY_PAUSE = Duration.ofMillis(150);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the version is no part of a path, or a number is negative
   */
  public FlowOptions {
    Objects.requireNonNull(connection, "connection");
    if (!version.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException("version: found '" + version + "', expected v1");
    }
    if (readRetries < 0) {
      throw new IllegalArgumentException("readRetries: found " + readRetries + ", expected >= 0");
    }
    if (retryPause.isNegative()) {
      throw new IllegalArgumentException("retryPause: found " + retryPause + ", expected >= 0");
    }
  }

  /** The usual patience, unsigned. */
  public static FlowOptions of(String ip, int port) {
    return at(ClientOptions.of("http://" + ip + ':' + port));
  }

  /** A server with a patience of its own, unsigned. */
  public static FlowOptions at(ClientOptions connection) {
    return new FlowOptions(
        connection, DEFAULT_VERSION, null, DEFAULT_READ_RETRIES, DEFAULT_RETRY_PAUSE);
  }

  /** The same with another version of the paths. */
  public FlowOptions withVersion(String version) {
    return new FlowOptions(connection, version, keys, readRetries, retryPause);
  }

  /** The same with signed requests. */
  public FlowOptions withKeys(ClientKeys keys) {
    return new FlowOptions(connection, version, keys, readRetries, retryPause);
  }

  /** The same with other retries of questions. */
  public FlowOptions withRetries(int readRetries, Duration retryPause) {
    return new FlowOptions(connection, version, keys, readRetries, retryPause);
  }
}
