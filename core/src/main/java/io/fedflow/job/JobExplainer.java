package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.Wait.Cause;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * Answers why jobs are where they are, within a second: live ones from memory, others from the
 * store, which may be what is down. Thread-safe.
 */
final class JobExplainer {

  /** How long the store may take. */
  private static final long PATIENCE_MILLIS = 800;

  private final EngineParts parts;
  private final SlotDesk slots;
  private final SiteHealth health;

  JobExplainer(EngineParts parts, SlotDesk slots, SiteHealth health) {
    this.parts = parts;
    this.slots = slots;
    this.health = health;
  }

  /** Explains a live job. */
  List<Wait> live(Glimpse job) {
    List<Wait> waits =
        new ArrayList<>(
            new LiveWaits(job, slots.waitOf(job.jobId()), parts.clock().millis()).all());
    if (waits.stream().noneMatch(wait -> wait.cause() == Cause.STORE_DOWN)) {
      // Its tasks may wait for the store although its turns do not.
      health
          .storeOutage()
          .ifPresent(
              outage ->
                  waits.add(
                      Wait.ofJob(
                          job.jobId(),
                          Cause.STORE_DOWN,
                          null,
                          outage.since(),
                          outage.text(),
                          "see that the store of this site works")));
    }
    waits.addAll(strays(job.jobId()));
    return waits;
  }

  /**
   * Explains a job that is not live here.
   *
   * @return fails with {@code job.unknown} if it never was
   */
  CompletionStage<List<Wait>> stored(String jobId) {
    long asked = parts.clock().millis();
    CompletableFuture<List<Wait>> answer = new CompletableFuture<>();
    Timers.Timer limit;
    try {
      limit =
          parts
              .timers()
              .after(
                  PATIENCE_MILLIS,
                  () -> answer.complete(List.of(down(jobId, asked, "it does not answer"))));
    } catch (RejectedExecutionException ended) {
      throw JobIntake.siteClosed();
    }
    Stages.start(() -> read(jobId))
        .whenComplete(
            (waits, failed) -> {
              limit.cancel();
              Throwable why = failed == null ? null : Stages.unwrap(failed);
              if (why == null) {
                answer.complete(waits);
              } else if (isDown(why)) {
                answer.complete(List.of(down(jobId, asked, JobOutbox.reason(why))));
              } else {
                answer.completeExceptionally(why);
              }
            });
    return answer.minimalCompletionStage();
  }

  private static boolean isDown(Throwable why) {
    return why instanceof FedflowException known
        && (known.kind() == FailureKind.UNAVAILABLE || known.kind() == FailureKind.UNKNOWN);
  }

  /** Turns of live jobs may know for longer that the store is down, and when it is tried again. */
  private Wait down(String jobId, long asked, String why) {
    Optional<StoreOutage> outage = health.storeOutage();
    return Wait.ofJob(
        jobId,
        Cause.STORE_DOWN,
        null,
        outage.map(StoreOutage::since).orElse(asked),
        "the store of this site cannot be asked about the job: "
            + why
            + outage.map(known -> "; " + known.text()).orElse(""),
        "see that the store of this site works, and ask again");
  }

  private CompletionStage<List<Wait>> read(String jobId) {
    CompletionStage<Optional<CoordinationRow>> coordination =
        parts.stores().jobs().coordination(jobId);
    return parts
        .stores()
        .jobs()
        .jobs(JobQuery.ofJob(jobId))
        .thenCombine(coordination, (views, row) -> ended(jobId, views, row));
  }

  private List<Wait> ended(String jobId, List<JobRow> views, Optional<CoordinationRow> row) {
    List<Wait> waits = new ArrayList<>();
    if (row.isPresent()) {
      CoordinationRow whole = row.get();
      waits.add(end(jobId, whole.status(), whole.cause(), whole.updateTime(), whole.initiator()));
    } else {
      views.forEach(
          view ->
              waits.add(
                  end(
                      jobId,
                      view.status(),
                      view.cause(),
                      view.status().terminal() ? view.endTime() : view.updateTime(),
                      view.party())));
    }
    if (waits.isEmpty()) {
      throw FedflowException.invalid("job.unknown", "this site does not know job " + jobId);
    }
    waits.addAll(strays(jobId));
    return waits;
  }

  private static Wait end(
      String jobId, JobStatus status, String cause, long since, io.fedflow.party.Party party) {
    return status.terminal()
        ? Endings.of(jobId, status, cause, since, party)
        : Wait.ofJob(
            jobId,
            Cause.STORE_DOWN,
            party,
            since,
            "the job was given up here as " + status + ": it could not be stored any more",
            "see that the store of this site works, then start the site again: the job goes on");
  }

  private List<Wait> strays(String jobId) {
    return parts.runner().strays().stream()
        .filter(stray -> stray.task().jobId().equals(jobId))
        .map(
            stray ->
                new Wait(
                    jobId,
                    stray.task().component(),
                    Cause.STRAY_THREAD,
                    stray.party(),
                    stray.since(),
                    "attempt "
                        + stray.task().version()
                        + " was stopped ("
                        + stray.reason()
                        + "), but its component does not react and keeps thread "
                        + stray.thread()
                        + (stray.at().isEmpty() ? "" : " at " + stray.at()),
                    "correct the component so that it reacts to interruption; a runner with "
                        + "processes ends such parts, a restart of the site does, too"))
        .toList();
  }
}
