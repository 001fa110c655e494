package io.fedflow.transport.client;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes time-based UUIDs with a random node: no two are the same, none tells the machine. */
final class TimeUuids implements Supplier<String> {

  /** From the start of the Gregorian calendar to 1970, in steps of 100 ns. */
  private static final long GREGORIAN_STEPS = 0x01B21DD213814000L;

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  TimeUuids(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String get() {
    Instant now = clock.instant();
    long steps = now.getEpochSecond() * 10_000_000L + now.getNano() / 100 + GREGORIAN_STEPS;
    long high =
        (steps & 0xFFFFFFFFL) << 32
            | (steps >>> 32 & 0xFFFFL) << 16
            | 0x1000L
            | steps >>> 48 & 0x0FFFL;
    // The variant, then a clock sequence and a node that is marked as no hardware address.
    long low = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000010000000000L;
    return new UUID(high, low).toString();
  }
}
