package io.fedflow.memory;

import io.fedflow.component.TaskId;
import io.fedflow.job.CoordinationRow;
import io.fedflow.job.JobRow;
import io.fedflow.job.TaskRow;
import io.fedflow.party.Party;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.StoreRules;
import io.fedflow.spi.StoreTurn;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything stored of one job. Not thread-safe. */
final class StoredJob {

  /** By job, then by creation time, then in order of insertion. */
  static final Comparator<PlacedTask> BY_JOB_AND_AGE =
      Comparator.<PlacedTask, String>comparing(placed -> placed.row().task().jobId())
          .thenComparingLong(placed -> placed.row().createTime())
          .thenComparingLong(PlacedTask::place);

  private final Map<Party, JobRow> views = new TreeMap<>();
  private final Map<TaskAt, PlacedTask> tasks = new HashMap<>();
  private final Map<TaskAt, PlacedTask> latest = new HashMap<>();
  private final NavigableMap<Long, JobEvent> events = new TreeMap<>();
  private CoordinationRow coordination;

  /**
   * Tells why a turn must be refused. Nothing changes before a whole turn is checked: that makes it
   * all or nothing (J2).
   */
  Optional<RuntimeException> objection(StoreTurn turn) {
    Revisions revisions = new Revisions();
    for (JobRow row : turn.jobs()) {
      if (!revisions.follows(row.party(), row.revision(), () -> revisionOf(row))) {
        return Optional.of(StoreRules.stale(row));
      }
    }
    for (TaskRow row : turn.tasks()) {
      if (!revisions.follows(TaskAt.of(row), row.revision(), () -> revisionOf(row))) {
        return Optional.of(StoreRules.stale(row));
      }
    }
    if (turn.coordination().isPresent() && turn.coordination().get().revision() != ordered() + 1) {
      return turn.coordination().map(StoreRules::stale);
    }
    Set<Long> fresh = new HashSet<>();
    for (JobEvent event : turn.events()) {
      if (events.containsKey(event.sequence()) || !fresh.add(event.sequence())) {
        return Optional.of(StoreRules.taken(event));
      }
    }
    return Optional.empty();
  }

  /** Applies a turn that nothing speaks against. */
  void apply(StoreTurn turn, LongSupplier places) {
    turn.jobs().forEach(row -> views.put(row.party(), row));
    turn.tasks().forEach(row -> put(row, places));
    turn.coordination().ifPresent(row -> coordination = row);
    turn.events().forEach(event -> events.put(event.sequence(), event));
  }

  Stream<JobRow> views() {
    return views.values().stream();
  }

  Stream<PlacedTask> tasks(boolean onlyLatest) {
    return (onlyLatest ? latest : tasks).values().stream();
  }

  Optional<CoordinationRow> coordination() {
    return Optional.ofNullable(coordination);
  }

  List<JobEvent> events(long after, int limit) {
    return events.tailMap(after, false).values().stream().limit(limit).toList();
  }

  long lastEvent() {
    return events.isEmpty() ? 0 : events.lastKey();
  }

  void dropEvents(long upTo) {
    events.headMap(upTo, true).clear();
  }

  /** When the job was created here; a job that is only coordinated is as old as its last word. */
  long birth() {
    return views().mapToLong(JobRow::createTime).min().orElseGet(() -> coordination.updateTime());
  }

  boolean unfinished() {
    return coordination != null && !coordination.status().terminal()
        || views().anyMatch(row -> !row.status().terminal());
  }

  private void put(TaskRow row, LongSupplier places) {
    TaskAt key = TaskAt.of(row);
    PlacedTask before = tasks.get(key);
    PlacedTask placed = new PlacedTask(row, before == null ? places.getAsLong() : before.place());
    tasks.put(key, placed);
    latest.merge(
        key.anyVersion(),
        placed,
        (old, now) -> now.row().task().version() >= old.row().task().version() ? now : old);
  }

  private long revisionOf(JobRow row) {
    return Optional.ofNullable(views.get(row.party())).map(JobRow::revision).orElse(0L);
  }

  private long revisionOf(TaskRow row) {
    return Optional.ofNullable(tasks.get(TaskAt.of(row))).map(t -> t.row().revision()).orElse(0L);
  }

  private long ordered() {
    return coordination().map(CoordinationRow::revision).orElse(0L);
  }

  /** A task's row and its place in the order of insertion. */
  record PlacedTask(TaskRow row, long place) {}

  private record TaskAt(TaskId task, Party party) {

    static TaskAt of(TaskRow row) {
      return new TaskAt(row.task(), row.party());
    }

    TaskAt anyVersion() {
      return new TaskAt(new TaskId(task.jobId(), task.component(), 0), party);
    }
  }

  /** The revisions that rows have while a turn, which may hold a row twice, is being checked. */
  private static final class Revisions {

    private final Map<Object, Long> seen = new HashMap<>();

    boolean follows(Object key, long revision, Supplier<Long> stored) {
      Long before = seen.put(key, revision);
      return revision == (before == null ? stored.get() : before) + 1;
    }
  }
}
