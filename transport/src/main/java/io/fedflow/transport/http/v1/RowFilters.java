package io.fedflow.transport.http.v1;

import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskStatus;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.TaskQuery;
import io.fedflow.transport.http.wire.Arguments;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * FATE's generic row filter. Unknown keys are ignored; a filter without any known key selects
 * nothing, and so does one that asks for values that cannot occur.
 */
final class RowFilters {

  private static final int ALL = 100_000;

  private RowFilters() {}

  /** Which job rows; empty for none. */
  static Optional<JobQuery> jobs(Arguments filter) {
    if (selectsNothing(filter, "job_id", "role", "party_id", "status")) {
      return Optional.empty();
    }
    Optional<Set<JobStatus>> statuses = jobStatuses(filter);
    return statuses.map(
        known ->
            new JobQuery(
                filter.texts("job_id"),
                filter.texts("role"),
                filter.texts("party_id"),
                known,
                filter.flag("reverse", false),
                0,
                ALL));
  }

  /** Tells whether none of these keys filters, or one allows no value at all. */
  static boolean selectsNothing(Arguments filter, String... keys) {
    List<String> present = Stream.of(keys).filter(filter::has).toList();
    return present.isEmpty() || present.stream().anyMatch(key -> filter.texts(key).isEmpty());
  }

  /** Which task rows; empty for none. */
  static Optional<TaskQuery> tasks(Arguments filter) {
    return tasks(filter, true);
  }

  /**
   * Which task rows; empty for none.
   *
   * @param onlyLatest whether only the latest attempts, if the filter does not say
   */
  static Optional<TaskQuery> tasks(Arguments filter, boolean onlyLatest) {
    if (selectsNothing(
        filter, "job_id", "role", "party_id", "status", "party_status", "component_name")) {
      return Optional.empty();
    }
    Optional<Set<TaskStatus>> over = statuses(filter, "status", TaskStatus::of);
    Optional<Set<TaskStatus>> here = statuses(filter, "party_status", TaskStatus::of);
    if (over.isEmpty() || here.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TaskQuery(
            filter.texts("job_id"),
            filter.texts("component_name"),
            filter.texts("role"),
            filter.texts("party_id"),
            over.get(),
            here.get(),
            filter.flag("only_latest", onlyLatest),
            0,
            ALL));
  }

  /** The statuses that {@code status} asks for; empty if it asks only for impossible ones. */
  static Optional<Set<JobStatus>> jobStatuses(Arguments filter) {
    return statuses(filter, "status", JobStatus::of)
        .map(
            known ->
                known.contains(JobStatus.WAITING)
                    // A job being created shows as waiting, so the filter must find it as well.
                    ? Stream.concat(known.stream(), Stream.of(JobStatus.READY))
                        .collect(Collectors.toSet())
                    : known);
  }

  private static <S> Optional<Set<S>> statuses(
      Arguments filter, String key, Function<String, Optional<S>> parse) {
    List<String> asked = filter.texts(key);
    Set<S> known = asked.stream().map(parse).flatMap(Optional::stream).collect(Collectors.toSet());
    return !asked.isEmpty() && known.isEmpty() ? Optional.empty() : Optional.of(known);
  }
}
