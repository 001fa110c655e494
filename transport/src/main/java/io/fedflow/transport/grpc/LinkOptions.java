package io.fedflow.transport.grpc;

import java.time.Duration;

/**
 * How patient a link is.
 *
 * @param connectTimeout how long one attempt to connect may take
 * @param callTimeout how long a call may go without an answer, or a transfer without progress,
 *     before it is tried again
 * @param giveUpAfter how long a command is tried before the site counts as unreachable; whoever
 *     sent it may send it again
 * @param firstPause the pause before the second attempt; each later one is twice as long
 * @param longestPause the pause that is not exceeded
 * @param backlog how many commands to one party about one job may wait; more are refused
 * @param peerTimeout how long after its last answer a watched site counts as silent, and loses its
 *     connections
 * @param peerPatience how long an envelope is tried without any progress: as long as a site may be
 *     away before the jobs that need it fail
 */
public record LinkOptions(
    Duration connectTimeout,
    Duration callTimeout,
    Duration giveUpAfter,
    Duration firstPause,
    Duration longestPause,
    int backlog,
    Duration peerTimeout,
    Duration peerPatience) {

  /**
   * Connects within 5 s; waits 10 s for an answer, which covers a slow disk at the peer; gives up
   * after 30 s, FATE's timeout for remote requests; pauses from 50 ms, so that a peer's restart is
   * noticed soon, to 2 s; lets 1024 commands wait. Greets watched sites every 2 s; one that is
   * silent for 8 s counts as away, and may be so for 60 s, longer than the restart of a server
   * takes.
   */
  public static final LinkOptions DEFAULT =
      new LinkOptions(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMillis(50),
          Duration.ofSeconds(2),
          1024,
          Duration.ofSeconds(8),
          Duration.ofSeconds(60));

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is shorter than a millisecond, or less than 1
   */
  public LinkOptions {
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("callTimeout", callTimeout);
    requirePositive("giveUpAfter", giveUpAfter);
    requirePositive("firstPause", firstPause);
    requirePositive("longestPause", longestPause);
    requirePositive("peerTimeout", peerTimeout);
    requirePositive("peerPatience", peerPatience);
    if (backlog < 1) {
      throw new IllegalArgumentException("backlog: found " + backlog + ", at least 1");
    }
  }

  /** The same, but giving up commands and envelopes after another time. */
  public LinkOptions givingUpAfter(Duration time) {
    return with(callTimeout, time, peerTimeout, time);
  }

  /** The same, but waiting another time for an answer. */
  public LinkOptions callingFor(Duration time) {
    return with(time, giveUpAfter, peerTimeout, peerPatience);
  }

  /**
   * The same, but other times for sites that are away.
   *
   * @param timeout how long after its last answer a watched site counts as silent
   * @param patience how long it may be so; commands are not tried for longer either
   */
  public LinkOptions missingPeers(Duration timeout, Duration patience) {
    Duration giveUp = giveUpAfter.compareTo(patience) < 0 ? giveUpAfter : patience;
    return with(callTimeout, giveUp, timeout, patience);
  }

  private LinkOptions with(Duration call, Duration giveUp, Duration timeout, Duration patience) {
    return new LinkOptions(
        connectTimeout, call, giveUp, firstPause, longestPause, backlog, timeout, patience);
  }

  private static void requirePositive(String name, Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException(name + ": found " + value + ", at least 1 ms");
    }
  }
}
