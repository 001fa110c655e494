package io.fedflow.testkit.takeover;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What must hold of all writes of several instances of a site, whatever became of these: every
 * revision of a row was written once and in order, no attempt was started twice, a job has one
 * writer at a time and nobody writes it or an output of it again after another took it over, and
 * every job ended. Immutable.
 */
public final class WriteAudit {

  private static final Set<String> ENDS =
      Set.of("SUCCESS", "PASS", "FAILED", "TIMEOUT", "CANCELED");
  private static final String STARTED = "RUNNING";

  private final List<AuditedWrite> writes;

  /** All writes, in any order. */
  public WriteAudit(List<AuditedWrite> writes) {
    this.writes = writes.stream().sorted(Comparator.comparingLong(AuditedWrite::position)).toList();
  }

  /**
   * What does not hold; empty if all does.
   *
   * @param jobIds the jobs that were acknowledged and must have ended
   */
  public List<String> violations(Set<String> jobIds) {
    List<String> found = new ArrayList<>();
    Map<String, AuditedWrite> last = new HashMap<>();
    Map<String, List<String>> writers = new HashMap<>();
    Set<String> started = new HashSet<>();
    for (AuditedWrite write : writes) {
      if (!write.row().startsWith(AuditedWrite.OUTPUT)) {
        checkRow(last.put(key(write), write), write, started, found);
      }
      checkWriter(writers.computeIfAbsent(write.jobId(), job -> new ArrayList<>()), write, found);
    }
    for (String jobId : jobIds) {
      List<AuditedWrite> ends =
          last.values().stream().filter(write -> write.jobId().equals(jobId)).toList();
      if (ends.isEmpty()) {
        found.add("lost: job " + jobId + " was acknowledged, and nothing was written of it");
      }
      ends.stream()
          .filter(end -> !end.row().startsWith(AuditedWrite.ATTEMPT))
          .filter(end -> !ENDS.contains(end.status()))
          .forEach(end -> found.add("lost: it never ended, " + words(end)));
    }
    return found;
  }

  private static void checkRow(
      AuditedWrite before, AuditedWrite write, Set<String> started, List<String> found) {
    long expected = before == null ? 1 : before.revision() + 1;
    if (write.revision() != expected) {
      found.add("revisions: expected " + expected + ", found " + words(write));
    }
    boolean starts =
        write.row().startsWith(AuditedWrite.ATTEMPT)
            && write.status().equals(STARTED)
            && (before == null || !before.status().equals(STARTED));
    if (starts && !started.add(key(write))) {
      found.add("double start: " + words(write));
    }
  }

  private static void checkWriter(List<String> writers, AuditedWrite write, List<String> found) {
    int known = writers.indexOf(write.writer());
    if (known < 0) {
      writers.add(write.writer());
    } else if (known < writers.size() - 1) {
      found.add(
          "not fenced: after "
              + writers.get(writers.size() - 1)
              + " had taken the job over, "
              + words(write));
    }
  }

  /**
   * How long after a moment somebody else first wrote a job.
   *
   * @param sinceMillis the moment, by the clock of the database
   * @param harmed who wrote it before
   * @return empty if nobody did
   */
  public OptionalLong takenAfter(String jobId, String harmed, long sinceMillis) {
    return writes.stream()
        .filter(write -> write.jobId().equals(jobId))
        .filter(write -> !write.writer().equals(harmed) && write.atMillis() >= sinceMillis)
        .mapToLong(write -> write.atMillis() - sinceMillis)
        .min();
  }

  private static String key(AuditedWrite write) {
    return write.jobId() + ' ' + write.row();
  }

  private static String words(AuditedWrite write) {
    return write.writer()
        + " wrote "
        + write.row()
        + " of job "
        + write.jobId()
        + " as "
        + write.status()
        + ", revision "
        + write.revision();
  }
}
