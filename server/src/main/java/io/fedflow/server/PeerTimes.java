package io.fedflow.server;

import io.fedflow.FedflowBuilder;
import io.fedflow.transport.grpc.LinkOptions;
import java.time.Duration;

/**
 * How patient a server is with the servers of other parties. Immutable.
 *
 * @param timeout how long after its last answer the server of a party counts as away; 1 to 10 s
 * @param patience how long it may be away before the jobs that need it fail; at least 1 s
 */
public record PeerTimes(Duration timeout, Duration patience) {

  private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** Away after 8 s, for at most 60 s. */
  public static final PeerTimes DEFAULT =
      new PeerTimes(LinkOptions.DEFAULT.peerTimeout(), FedflowBuilder.DEFAULT_PEER_PATIENCE);

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public PeerTimes {
    if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "--peer-timeout: found " + timeout.toSeconds() + " s, allowed 1 to 10");
    }
    if (patience.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "--peer-patience: found " + patience.toSeconds() + " s, allowed 1 or more");
    }
  }

  /** The options of links that are so patient. */
  LinkOptions links() {
    return LinkOptions.DEFAULT.missingPeers(timeout, patience);
  }
}
