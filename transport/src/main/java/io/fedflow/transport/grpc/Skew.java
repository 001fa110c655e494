package io.fedflow.transport.grpc;

import io.fedflow.transport.grpc.wire.HelloReply;
import java.time.Duration;
import java.util.Optional;

/** How far the clock of another site is off, as its greeting tells. */
final class Skew {

  /** More than clocks that are set by a time server ever differ. */
  static final Duration TOLERATED = Duration.ofSeconds(5);

  private Skew() {}

  /**
   * How far a site's clock is ahead of ours, in milliseconds; negative if it is behind.
   *
   * @param here our time in the middle of the round trip
   * @param tookMillis how long that was: less than so much is not told from nothing
   * @return 0 also for a site that tells no clock
   */
  static long millis(HelloReply reply, long here, long tookMillis) {
    if (reply.getClock() == 0) {
      return 0;
    }
    long apart = reply.getClock() - here;
    return Math.abs(apart) <= tookMillis ? 0 : apart;
  }

  /** What to warn of; empty if the clock is near enough. */
  static Optional<String> warning(String partyId, long aheadMillis) {
    if (Math.abs(aheadMillis) <= TOLERATED.toMillis()) {
      return Optional.empty();
    }
    return Optional.of(
        "the clock of the site of party "
            + partyId
            + " is "
            + Math.abs(aheadMillis)
            + " ms "
            + (aheadMillis > 0 ? "ahead of" : "behind")
            + " this one; times of the two sites cannot be compared, and what is signed more than a"
            + " minute off is refused");
  }
}
