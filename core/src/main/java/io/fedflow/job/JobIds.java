package io.fedflow.job;

import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Makes job ids of FATE's form: local time to the microsecond and a counter. Ids of one source are
 * unique. Thread-safe.
 */
public final class JobIds {

  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSSSSS");
  private static final int COUNTER = 100_000;

  private final InstantSource clock;
  private final ZoneId zone;
  private String last = "";
  private int counter;

  /** A source on this clock, in this zone. */
  public JobIds(InstantSource clock, ZoneId zone) {
    this.clock = clock;
    this.zone = zone;
  }

  /** The next id: 20 digits of time and at least one of a counter. */
  public synchronized String next() {
    String stamp = FORM.format(LocalDateTime.ofInstant(clock.instant(), zone));
    // A clock that stands still or goes back must not give an id twice.
    counter = stamp.compareTo(last) > 0 ? 0 : counter + 1;
    if (stamp.compareTo(last) > 0) {
      last = stamp;
    }
    if (counter >= COUNTER) {
      throw new IllegalStateException("more than " + COUNTER + " jobs within one microsecond");
    }
    return last + counter;
  }
}
