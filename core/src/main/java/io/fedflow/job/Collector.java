package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.data.Stages;
import io.fedflow.job.CoordinationRow.HeldTask;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Asks the parties of a running job how their parts ended, if the job wants that instead of their
 * reports: soon after something changed, then more and more rarely. Thread-safe.
 */
final class Collector {

  private static final System.Logger LOG = System.getLogger(Collector.class.getName());

  /** How long after a change the parties are asked first. */
  static final long FIRST_PAUSE_MILLIS = 100;

  /** How rarely they are asked in the end. */
  static final long LONGEST_PAUSE_MILLIS = 4_000;

  private final JobShell shell;
  private final EngineParts parts;
  private final Alarm alarm;
  private List<HeldTask> known = List.of();
  private long changes;
  private long pause = FIRST_PAUSE_MILLIS;

  Collector(JobShell shell, EngineParts parts) {
    this.shell = shell;
    this.parts = parts;
    this.alarm = new Alarm(parts.timers());
  }

  /** Looks at the job after a turn. */
  synchronized void watch(CoordinationRow row) {
    if (running(row).isEmpty()) {
      alarm.clear();
      known = List.of();
    } else if (!known.equals(row.tasks())) {
      known = row.tasks();
      changes++;
      pause = FIRST_PAUSE_MILLIS;
      ask(pause);
    }
  }

  private void ask(long after) {
    long seen = changes;
    alarm.set(after, () -> collect(seen));
  }

  private void collect(long seen) {
    CompletableFuture<?>[] asked =
        running(shell.coordination()).entrySet().stream()
            .map(part -> collect(part.getKey(), part.getValue()))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(asked).whenComplete((ok, failed) -> later(seen));
  }

  /** Never fails: who gives no answer is asked again. */
  private CompletableFuture<Void> collect(Party party, List<TaskId> tasks) {
    PartyQuestion question = new PartyQuestion.CollectTasks(shell.jobId(), tasks);
    return Stages.start(() -> parts.link().ask(party, question))
        .thenAccept(
            answer -> {
              for (PartyCommand.ReportTask report : ((PartyAnswer.Collected) answer).reports()) {
                shell.coordinator(
                    new CoordinatorEvent.TaskReported(
                        report.task(), party, report.status(), report.cause(), report.lost()));
              }
            })
        .exceptionally(
            failed -> {
              String why = JobOutbox.reason(Stages.unwrap(failed));
              LOG.log(
                  System.Logger.Level.DEBUG,
                  () -> shell.jobId() + ": no answer of " + party + ": " + why);
              return null;
            })
        .toCompletableFuture();
  }

  private synchronized void later(long seen) {
    if (seen == changes && !known.isEmpty()) {
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      ask(pause);
    }
  }

  /** The attempts that run at each party, if the parties are to be asked about them. */
  private Map<Party, List<TaskId>> running(CoordinationRow row) {
    Map<Party, List<TaskId>> running = new LinkedHashMap<>();
    boolean asks =
        row.status() == JobStatus.RUNNING && shell.plan() != null && shell.plan().settings().pull();
    if (asks) {
      for (HeldTask held : row.tasks()) {
        held.atParties()
            .forEach(
                (party, part) -> {
                  if (part == TaskStatus.RUNNING) {
                    running.computeIfAbsent(party, p -> new ArrayList<>()).add(row.attempt(held));
                  }
                });
      }
    }
    return running;
  }

  /** Asks nobody any more. */
  void close() {
    alarm.close();
  }
}
