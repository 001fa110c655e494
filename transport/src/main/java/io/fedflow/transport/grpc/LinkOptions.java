package io.fedflow.transport.grpc;

import java.time.Duration;

/**
 * How patient a link is.
 *
 * @param connectTimeout how long one attempt to connect may take
 * @param callTimeout how long a call may go without an answer, or a transfer without progress,
 *     before it is tried again
 * @param giveUpAfter how long a command or an envelope is tried before the site counts as
 *     unreachable; a transfer that makes progress is not cut off
 * @param firstPause the pause before the second attempt; each later one is twice as long
 * @param longestPause the pause that is not exceeded
 * @param backlog how many commands to one party about one job may wait; more are refused
 */
public record LinkOptions(
    Duration connectTimeout,
    Duration callTimeout,
    Duration giveUpAfter,
    Duration firstPause,
    Duration longestPause,
    int backlog) {

  /**
   * Connects within 5 s; waits 10 s for an answer, which covers a slow disk at the peer; gives up
   * after 30 s, FATE's timeout for remote requests; pauses from 50 ms, so that a peer's restart is
   * noticed soon, to 2 s; lets 1024 commands wait.
   */
  public static final LinkOptions DEFAULT =
      new LinkOptions(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMillis(50),
          Duration.ofSeconds(2),
          1024);

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
    if (backlog < 1) {
      throw new IllegalArgumentException("backlog: found " + backlog + ", at least 1");
    }
  }

  /** The same, but giving up after another time. */
  public LinkOptions givingUpAfter(Duration time) {
    return new LinkOptions(connectTimeout, callTimeout, time, firstPause, longestPause, backlog);
  }

  /** The same, but waiting another time for an answer. */
  public LinkOptions callingFor(Duration time) {
    return new LinkOptions(connectTimeout, time, giveUpAfter, firstPause, longestPause, backlog);
  }

  private static void requirePositive(String name, Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException(name + ": found " + value + ", at least 1 ms");
    }
  }
}
