package io.fedflow.job;

import java.time.Duration;

/**
 * How long an instance of a site counts without a word of it, where several share their stores.
 *
 * @param lease how long after a renewal others may take over; at least 10 ms
 * @param renewal how long between two renewals; at least 1 ms, at most a third of the lease
 */
public record InstanceTimes(Duration lease, Duration renewal) {

  /** The renewals in each lease: with many, a lease can be short and yet survive a long pause. */
  private static final int RENEWALS = 10;

  /**
   * Others should go on with the jobs of a dead instance within three seconds of its death: half of
   * that is left for them to notice, to read the jobs and to write on a busy machine.
   */
  public static final InstanceTimes DEFAULT = of(Duration.ofMillis(1500));

  /**
   * Times with several renewals in each lease.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public static InstanceTimes of(Duration lease) {
    return new InstanceTimes(lease, lease.dividedBy(RENEWALS));
  }

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException naming what was found and what is allowed
   */
  public InstanceTimes {
    if (lease.toMillis() < 10) {
      throw new IllegalArgumentException("lease: found " + lease + ", allowed 10 ms or more");
    }
    if (renewal.toMillis() < 1 || renewal.toMillis() * 3 > lease.toMillis()) {
      throw new IllegalArgumentException(
          "renewal: found " + renewal + ", allowed 1 ms to a third of the lease, " + lease);
    }
  }
}
