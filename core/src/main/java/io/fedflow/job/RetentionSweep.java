package io.fedflow.job;

import io.fedflow.data.DataManager;
import io.fedflow.data.Stages;
import io.fedflow.data.TableEntry;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.NeededVersions;
import io.fedflow.pipeline.Retention;
import io.fedflow.pipeline.Swept;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.TaskQuery;
import io.fedflow.spi.TrackingStore;
import io.fedflow.spi.TrackingStore.Kind;
import io.fedflow.tracking.OutputData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Drops what ended jobs left here for longer than a site keeps it, one job after the other, on a
 * thread of its own: it waits for threads that tasks may need. One at a time. Thread-safe.
 */
final class RetentionSweep {

  private static final int PAGE = 500;
  private static final int ALL = 100_000;

  private final EngineParts parts;
  private final LiveJobs jobs;
  private final JobCleaner cleaner;
  private final DataManager data;
  private final AtomicBoolean running = new AtomicBoolean();

  RetentionSweep(EngineParts parts, LiveJobs jobs, JobCleaner cleaner, DataManager data) {
    this.parts = parts;
    this.jobs = jobs;
    this.cleaner = cleaner;
    this.data = data;
  }

  /**
   * Drops what is kept for too long.
   *
   * @param dryRun whether it only tells what it would drop
   * @return fails with CONFLICT {@code retention.running} while another one runs here
   */
  CompletionStage<Swept> run(Retention keep, boolean dryRun) {
    if (!running.compareAndSet(false, true)) {
      return CompletableFuture.failedStage(
          new FedflowException(
              FailureKind.CONFLICT,
              "retention.running",
              "old results are being cleaned at this server already; try again after that"));
    }
    CompletableFuture<Swept> swept = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                Swept result = sweep(keep, dryRun);
                running.set(false);
                swept.complete(result);
              } catch (RuntimeException | Error failed) {
                running.set(false);
                swept.completeExceptionally(failed);
              }
            },
            "fedflow-retention");
    thread.setDaemon(true);
    thread.start();
    return swept.minimalCompletionStage();
  }

  private Swept sweep(Retention keep, boolean dryRun) {
    NeededVersions needed = NeededVersions.of(parts.stores().models());
    long now = parts.clock().millis();
    Map<String, Set<Kind>> left = left(keep.keep().keySet());
    List<Swept.Job> swept = new ArrayList<>();
    boolean more = false;
    for (Map.Entry<String, Set<Kind>> job : left.entrySet()) {
      OptionalLong end = end(job.getKey());
      if (end.isEmpty()) {
        continue;
      }
      Set<Kind> over = new HashSet<>(keep.over(Duration.ofMillis(now - end.getAsLong())));
      over.retainAll(job.getValue());
      if (over.isEmpty()) {
        continue;
      }
      if (swept.size() == Swept.MOST_JOBS) {
        more = true;
        break;
      }
      swept.add(job(job.getKey(), end.getAsLong(), over, needed, dryRun));
    }
    return new Swept(dryRun, swept, more);
  }

  /** What is left of which jobs, oldest first: ids begin with the time of the submit. */
  private Map<String, Set<Kind>> left(Set<Kind> kinds) {
    TrackingStore tracking = parts.stores().tracking();
    Map<String, Set<Kind>> left = new TreeMap<>();
    for (Kind kind : kinds) {
      List<String> page = Stages.join(tracking.jobsWith(kind, "", PAGE));
      while (!page.isEmpty()) {
        page.forEach(id -> left.computeIfAbsent(id, job -> EnumSet.noneOf(Kind.class)).add(kind));
        page = Stages.join(tracking.jobsWith(kind, page.get(page.size() - 1), PAGE));
      }
    }
    return left;
  }

  /** When a job ended at all its parties here; empty if it has not, or nobody knows it. */
  private OptionalLong end(String jobId) {
    List<JobRow> views = Stages.join(parts.stores().jobs().jobs(JobQuery.ofJob(jobId)));
    boolean live =
        views.stream().anyMatch(view -> !view.status().terminal())
            || Stages.join(parts.stores().jobs().coordination(jobId))
                .filter(row -> !row.status().terminal())
                .isPresent();
    return live ? OptionalLong.empty() : views.stream().mapToLong(JobRow::endTime).max();
  }

  private Swept.Job job(
      String jobId, long ended, Set<Kind> over, NeededVersions needed, boolean dryRun) {
    String why = needed.why(jobId);
    List<TaskRow> attempts =
        Stages.join(
            parts
                .stores()
                .jobs()
                .tasks(
                    new TaskQuery(
                        List.of(jobId),
                        List.of(),
                        List.of(),
                        List.of(),
                        Set.of(),
                        Set.of(),
                        false,
                        0,
                        ALL)));
    int tables = 0;
    long bytes = 0;
    if (over.contains(Kind.OUTPUTS)) {
      for (TableEntry table : tables(attempts)) {
        tables++;
        bytes += table.byteCount();
      }
    }
    if (why.isEmpty() && !dryRun) {
      why = dropped(jobId, attempts, over);
    }
    return new Swept.Job(jobId, ended, over, tables, bytes, why);
  }

  private List<TableEntry> tables(List<TaskRow> attempts) {
    List<TableEntry> tables = new ArrayList<>();
    for (TaskRow attempt : attempts) {
      for (OutputData output :
          Stages.join(parts.stores().tracking().outputs(attempt.task(), attempt.party()))) {
        if (!output.isDropped()) {
          Stages.join(data.find(output.namespace(), output.name()))
              .filter(entry -> entry.origin().equals("output"))
              .ifPresent(tables::add);
        }
      }
    }
    return tables;
  }

  /** Why a job was left as it is; empty if it was not. */
  private String dropped(String jobId, List<TaskRow> attempts, Set<Kind> over) {
    try {
      Stages.join(
          jobs.revived(
              jobId, shell -> shell.ended().hold(() -> cleaner.drop(jobId, attempts, over))));
      return "";
    } catch (RuntimeException failed) {
      return JobOutbox.reason(Stages.unwrap(failed));
    }
  }
}
