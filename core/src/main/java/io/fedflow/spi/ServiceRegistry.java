package io.fedflow.spi;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Which servers of this site run now. A server announces itself again and again; one that does not
 * until its lease ends is taken for gone. Times are those of the servers' own clocks, in
 * milliseconds since 1970: the clocks of one site must agree much better than a lease is long.
 *
 * <p>Promises: G1 an announced server is listed, as it was announced, until its lease ends; G2
 * announcing it again replaces what it told and begins its lease anew; G3 a withdrawn server is not
 * listed, and to withdraw one that nobody knows does nothing; G4 servers are listed by their start,
 * then by their id; G5 servers do not touch each other's leases; G6 a server whose lease ended for
 * longer than {@link #FORGOTTEN_AFTER} is forgotten at somebody's next announcement, so that a
 * registry does not grow with restarts; G7 thread-safe.
 *
 * <p>Stages fail with kind UNAVAILABLE while the place where it is kept cannot be reached.
 */
public interface ServiceRegistry {

  /** How long a server that is gone is kept: as long as somebody may still look for it. */
  Duration FORGOTTEN_AFTER = Duration.ofDays(1);

  /** The longest lease: a server that is silent for longer is certainly gone. */
  Duration LONGEST_LEASE = Duration.ofHours(1);

  /**
   * Tells that a server lives; completes when others can see it.
   *
   * @param now the time of this announcement, not negative
   * @param lease how long it counts; 1 ms up to {@link #LONGEST_LEASE}
   * @throws IllegalArgumentException if the lease is out of range or the time negative
   */
  CompletionStage<Void> announce(SiteServer server, long now, Duration lease);

  /** Tells that a server ends. */
  CompletionStage<Void> withdraw(String instanceId);

  /** The servers whose lease has not ended. */
  CompletionStage<List<SiteServer>> live(long now);

  /**
   * When a lease ends; for implementations.
   *
   * @throws IllegalArgumentException if the lease is out of range or the time negative
   */
  static long leaseEnd(long now, Duration lease) {
    if (now < 0) {
      throw new IllegalArgumentException("now: found " + now + ", allowed 0 or more");
    }
    if (lease.toMillis() < 1 || lease.compareTo(LONGEST_LEASE) > 0) {
      throw new IllegalArgumentException(
          "lease: found " + lease + ", allowed 1 ms to " + LONGEST_LEASE);
    }
    return Math.addExact(now, lease.toMillis());
  }
}
