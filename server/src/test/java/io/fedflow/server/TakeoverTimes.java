package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/**
 * How long it took others to go on with jobs, in milliseconds from the moment before their owner
 * was harmed, by the clock of the database. Not thread-safe.
 */
final class TakeoverTimes {

  private static final System.Logger LOG = System.getLogger(TakeoverTimes.class.getName());

  private final List<Long> fences = new ArrayList<>();
  private final List<Long> writes = new ArrayList<>();

  /** Takes when a harmed owner was fenced. */
  void fenced(long millis) {
    fences.add(millis);
  }

  /** Takes when somebody else first wrote a job. */
  void written(long millis) {
    writes.add(millis);
  }

  /** Tells the last {@code jobs} at most of those that were taken over, and when. */
  String lately(int jobs) {
    return "fenced after "
        + fences.get(fences.size() - 1)
        + " ms, jobs written after "
        + writes.subList(Math.max(0, writes.size() - jobs), writes.size());
  }

  /** Tells all; fails if nothing was ever taken over. */
  void tell() {
    assertThat(writes).as("jobs that were taken over").isNotEmpty();
    tell("until the owner was fenced", fences);
    tell("until another server's first write of each job", writes);
  }

  private static void tell(String what, List<Long> times) {
    List<Long> sorted = times.stream().sorted().toList();
    LOG.log(
        System.Logger.Level.INFO,
        () ->
            "milliseconds "
                + what
                + ": "
                + sorted.size()
                + " times, median "
                + rank(sorted, 0.5)
                + ", p99 "
                + rank(sorted, 0.99)
                + ", longest "
                + rank(sorted, 1)
                + "; all "
                + sorted);
  }

  /** By the nearest rank. */
  private static long rank(List<Long> sorted, double part) {
    return sorted.get((int) Math.ceil(sorted.size() * part) - 1);
  }
}
