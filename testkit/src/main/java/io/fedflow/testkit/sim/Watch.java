package io.fedflow.testkit.sim;

import io.fedflow.component.TaskId;
import io.fedflow.job.CoordinationRow;
import io.fedflow.job.CoordinationRow.HeldTask;
import io.fedflow.job.JobEngine.LiveJob;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyState;
import io.fedflow.job.TaskRow;
import io.fedflow.job.TaskRunner.Work;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Party;
import io.fedflow.queue.JobEvent;
import io.fedflow.queue.SlotView;
import io.fedflow.spi.StoreTurn;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Sees every turn that reaches a disk, every command that is sent and every part that runs, and
 * notes the first thing that must not be. What is noted must not be thrown where it is found: the
 * engine survives what its ports throw. Not thread-safe.
 */
final class Watch {

  /** Something that must not be. */
  record Violation(Check check, String found) {}

  /** One party's part of a task in one attempt. */
  record PartOf(TaskId task, Party party) {}

  private record ViewOf(String jobId, Party party) {}

  private record EventsOf(String site, String jobId) {}

  private final Map<ViewOf, JobRow> views = new LinkedHashMap<>();
  private final Map<PartOf, TaskRow> parts = new LinkedHashMap<>();
  private final Map<String, CoordinationRow> coordinations = new LinkedHashMap<>();
  private final Map<EventsOf, Long> sequences = new HashMap<>();
  private final Map<Object, Object> replayed = new HashMap<>();
  private final Map<PartOf, TaskStatus> reported = new HashMap<>();
  private final Set<PartOf> ran = new HashSet<>();
  private final Map<ViewOf, Set<TaskId>> running = new HashMap<>();
  private final Labels labels = new Labels();
  private Violation violation;

  /** What is known of the parameters of jobs. */
  Labels labels() {
    return labels;
  }

  Violation violation() {
    return violation;
  }

  void note(Check check, String found) {
    if (violation == null) {
      violation = new Violation(check, found);
    }
  }

  /** A turn reached a site's disk. */
  void stored(String site, StoreTurn turn) {
    turn.events().forEach(event -> replay(site, event));
    turn.jobs().forEach(this::stored);
    turn.tasks().forEach(this::stored);
    turn.coordination().ifPresent(this::stored);
  }

  private void replay(String site, JobEvent event) {
    long expected = sequences.merge(new EventsOf(site, event.jobId()), 1L, Long::sum);
    if (event.sequence() != expected) {
      note(Check.REPLAY, "event " + expected + " is missing at site " + site + " before " + event);
    }
    Object status = event.details().get("status");
    if (event.kind().equals("job.status")) {
      replayed.put(new ViewOf(event.jobId(), event.party()), status);
    } else if (event.kind().startsWith("task.")) {
      int version = (Integer) event.details().get("version");
      PartOf part =
          new PartOf(new TaskId(event.jobId(), event.component(), version), event.party());
      replayed.put(event.kind().equals("task.status") ? part : part.toString(), status);
    }
  }

  private void stored(JobRow row) {
    ViewOf key = new ViewOf(row.jobId(), row.party());
    JobRow before = views.put(key, row);
    labels.created(row.jobId(), row.conf());
    if (before != null
        && before.status().terminal()
        && before.status() != row.status()
        && before.round() == row.round()) {
      note(
          Check.TERMINAL_STAYS,
          row.party() + " of " + row.jobId() + " was " + before.status() + ", is " + row.status());
    }
    if (!row.status().text().equals(replayed.get(key))) {
      note(
          Check.REPLAY,
          row.party() + " stored " + row.status() + ", its events tell " + replayed.get(key));
    }
  }

  private void stored(TaskRow row) {
    PartOf key = new PartOf(row.task(), row.party());
    TaskRow before = parts.put(key, row);
    if (before != null) {
      stays(key + " at its party", before.partyStatus(), row.partyStatus());
      stays(key + " over all parties", before.status(), row.status());
    }
    holdsASlot(row);
    String waiting = TaskStatus.WAITING.text();
    if (!row.status().text().equals(replayed.getOrDefault(key, waiting))
        || !row.partyStatus().text().equals(replayed.getOrDefault(key.toString(), waiting))) {
      note(Check.REPLAY, key + " is stored as " + row + ", its events tell otherwise");
    }
  }

  private void holdsASlot(TaskRow row) {
    ViewOf view = new ViewOf(row.task().jobId(), row.party());
    Set<TaskId> now = running.computeIfAbsent(view, none -> new HashSet<>());
    boolean begins = row.partyStatus() == TaskStatus.RUNNING && now.add(row.task());
    if (row.partyStatus() != TaskStatus.RUNNING) {
      now.remove(row.task());
    }
    int slots = views.get(view).slots();
    if (begins && now.size() > slots) {
      note(Check.SLOTS, now + " run at " + row.party() + ", which holds " + slots + " slots");
    }
  }

  /** The slots of a site between two steps. */
  void slots(String site, SlotView slots) {
    if (slots.held() > slots.capacity()) {
      note(Check.SLOTS, "site " + site + " has " + slots);
    }
  }

  private void stored(CoordinationRow row) {
    CoordinationRow before = coordinations.put(row.jobId(), row);
    if (before == null) {
      return;
    }
    if (row.round() > before.round()) {
      labels.runs(row.jobId(), row.round());
    }
    if (before.status().terminal()
        && before.status() != row.status()
        && before.round() == row.round()) {
      note(
          Check.TERMINAL_STAYS,
          "job " + row.jobId() + " was " + before.status() + ", is " + row.status());
    }
    for (int i = 0; i < row.tasks().size(); i++) {
      stored(row.jobId(), before.tasks().get(i), row.tasks().get(i));
    }
  }

  private void stored(String jobId, HeldTask before, HeldTask now) {
    if (before.equals(now)) {
      return;
    }
    TaskId task = new TaskId(jobId, now.component(), now.version());
    if (now.version() < before.version()) {
      note(Check.TERMINAL_STAYS, task + " follows version " + before.version());
    }
    boolean same = now.version() == before.version();
    if (same) {
      stays(task + " as a whole", before.status(), now.status());
    }
    now.atParties()
        .forEach(
            (party, status) -> {
              TaskStatus then = same ? before.atParties().get(party) : TaskStatus.WAITING;
              if (same) {
                stays(task + " at " + party + " for the coordinator", then, status);
              }
              if (then != status && status.good() && stored(task, party) != status) {
                note(
                    Check.REPORTS_ARE_TRUE,
                    "the coordinator counts "
                        + task
                        + " at "
                        + party
                        + " as "
                        + status
                        + "; there it is "
                        + stored(task, party));
              }
            });
  }

  private void stays(String what, TaskStatus before, TaskStatus now) {
    if (before.terminal() && before != now) {
      note(Check.TERMINAL_STAYS, what + " was " + before + ", is " + now);
    }
  }

  private TaskStatus stored(TaskId task, Party party) {
    TaskRow row = parts.get(new PartOf(task, party));
    return row == null ? TaskStatus.WAITING : row.partyStatus();
  }

  /** A site hands a command to its link. */
  void sent(PartyCommand command) {
    if (command instanceof PartyCommand.ReportTask report) {
      TaskStatus known = stored(report.task(), report.party());
      if (report.status().good() && known != report.status()) {
        note(Check.STORED_FIRST, report + " is sent while its party stored " + known);
      }
      // A lost process is not an end: the part may run all the same if nobody heard of the loss.
      TaskStatus first =
          report.lost()
              ? null
              : reported.putIfAbsent(new PartOf(report.task(), report.party()), report.status());
      if (first != null && first != report.status()) {
        note(Check.ONE_END, report + " follows a report of " + first);
      }
    } else if (command instanceof PartyCommand.TellJobStatus told
        && (told.status() == JobStatus.RUNNING || told.status() == JobStatus.SUCCESS)) {
      CoordinationRow row = coordinations.get(told.jobId());
      boolean so =
          row != null
              && (row.status() == told.status()
                  || row.round() > told.round()
                  || told.status() == JobStatus.RUNNING && row.status().terminal());
      if (!so) {
        note(Check.STORED_FIRST, told + " is sent while the coordinator stored " + row);
      }
    }
  }

  /** A part begins to run. */
  void begun(Work work) {
    PartOf part = new PartOf(work.task(), work.party());
    if (!ran.add(part)) {
      note(Check.RUNS_ONCE, part + " runs again");
    }
    if (!parts.containsKey(part) || parts.get(part).partyStatus() == TaskStatus.WAITING) {
      note(Check.STORED_FIRST, part + " runs while its party stored " + parts.get(part));
      return;
    }
    JobRow view = view(work.task().jobId(), work.party());
    if (inherits(view, work.task())) {
      note(Check.INHERITANCE, part + " runs, and is inherited from " + view.inheritance());
    }
    labels
        .begun(work, parts.get(part), view.round())
        .ifPresent(wrong -> note(Check.PARAMETERS, part + " runs: " + wrong));
  }

  /** A live job between two turns. */
  void live(String site, LiveJob job) {
    job.coordination()
        .ifPresent(
            row -> {
              if (!Objects.equals(row, coordinations.get(row.jobId()))) {
                note(
                    Check.REPLAY,
                    "site " + site + " has " + row + ", stored " + coordinations.get(row.jobId()));
              }
            });
    for (PartyState state : job.parties()) {
      JobRow row = views.get(new ViewOf(state.job().jobId(), state.job().party()));
      if (!state.job().equals(row)) {
        note(Check.REPLAY, "site " + site + " has " + state.job() + ", stored " + row);
      }
      for (TaskRow task : state.tasks()) {
        TaskRow kept = parts.get(new PartOf(task.task(), task.party()));
        if (!task.equals(kept)) {
          note(Check.REPLAY, "site " + site + " has " + task + ", stored " + kept);
        }
      }
    }
  }

  /** Every job that was ever stored, as its coordinator has it. */
  Collection<CoordinationRow> jobs() {
    return coordinations.values();
  }

  /** A party's view of a job; null if it has none. */
  JobRow view(String jobId, Party party) {
    return views.get(new ViewOf(jobId, party));
  }

  /** Tells whether an attempt is one that a party takes over instead of running it. */
  boolean inherits(JobRow view, TaskId task) {
    return task.version() == 0 && view.inheritance().components().contains(task.component());
  }

  /** The last attempt that ended well at a party. */
  Optional<TaskRow> lastGood(String jobId, String component, Party party) {
    return parts.values().stream()
        .filter(row -> row.party().equals(party) && row.partyStatus().good())
        .filter(row -> row.task().jobId().equals(jobId) && row.task().component().equals(component))
        .max(Comparator.comparingInt(row -> row.task().version()));
  }

  /** All parts of tasks at a site. */
  List<TaskRow> partsAt(String site) {
    return parts.values().stream().filter(row -> row.party().id().equals(site)).toList();
  }

  /** All parts of the tasks of a job at a site. */
  List<TaskRow> partsAt(String site, String jobId) {
    return partsAt(site).stream().filter(row -> row.task().jobId().equals(jobId)).toList();
  }

  /** The round of a job at a site; -1 if it has no part in it. */
  int roundAt(String site, String jobId) {
    return viewsAt(site, jobId).mapToInt(JobRow::round).max().orElse(-1);
  }

  /** Tells whether a job is in a round at a site, and over. */
  boolean endedAt(String site, String jobId, int round) {
    return viewsAt(site, jobId).allMatch(view -> view.round() <= round && view.status().terminal());
  }

  private Stream<JobRow> viewsAt(String site, String jobId) {
    return views.values().stream()
        .filter(view -> view.party().id().equals(site) && view.jobId().equals(jobId));
  }

  /** Tells whether a task of a job ended well at all its parties. */
  boolean endedWell(String jobId, String component) {
    return coordinations.get(jobId).tasks().stream()
        .anyMatch(held -> held.component().equals(component) && held.status().good());
  }

  /** Tells whether a job ended as a whole. */
  boolean ended(String jobId) {
    CoordinationRow row = coordinations.get(jobId);
    return row != null && row.status().terminal();
  }

  /** The views of parties for which a job goes on. */
  List<String> unfinishedViews() {
    return views.values().stream()
        .filter(row -> !row.status().terminal())
        .map(row -> row.jobId() + " is " + row.status() + " for " + row.party())
        .toList();
  }

  /** Notes whoever did not end as the coordinator did. */
  void agreed() {
    for (JobRow row : views.values()) {
      CoordinationRow whole = coordinations.get(row.jobId());
      if (whole == null || whole.status() != row.status()) {
        note(
            Check.AGREEMENT,
            row.party()
                + " has "
                + row.jobId()
                + " as "
                + row.status()
                + ", its coordinator as "
                + (whole == null ? "unknown" : whole.status()));
      }
    }
    for (CoordinationRow whole : coordinations.values()) {
      for (HeldTask held : whole.tasks()) {
        held.atParties().keySet().forEach(party -> agreed(whole, held, party));
      }
    }
  }

  private void agreed(CoordinationRow whole, HeldTask held, Party party) {
    PartOf key = new PartOf(new TaskId(whole.jobId(), held.component(), held.version()), party);
    TaskRow row = parts.get(key);
    boolean neverBegan =
        row != null
            && row.status() == TaskStatus.WAITING
            && row.partyStatus() == TaskStatus.WAITING
            && whole.status() != JobStatus.SUCCESS;
    if (neverBegan) {
      // The word that it ended came before the word that there is such an attempt.
      return;
    }
    if (row == null ? whole.status() == JobStatus.SUCCESS : row.status() != held.status()) {
      note(
          Check.AGREEMENT,
          key
              + " is "
              + (row == null ? "unknown" : row.status())
              + " for its party, "
              + held.status()
              + " for the coordinator");
    }
  }
}
