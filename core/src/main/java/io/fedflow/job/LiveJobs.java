package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlan;
import io.fedflow.failure.FedflowException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The shells of the jobs that are live at one site: new ones, those of an earlier process, and
 * ended ones for as long as something is done with them. Thread-safe.
 */
final class LiveJobs {

  private final EngineParts parts;
  private final SiteHealth health;
  private final JobIntake intake;
  private final SlotDesk slots;
  private final Function<JobDocuments, JobPlan> planner;
  private final Map<String, JobShell> shells = new ConcurrentHashMap<>();

  /** A shell that came and left while another one was read would make that one outdated. */
  private final SerialLane[] revivals = new SerialLane[16];

  /**
   * No jobs yet.
   *
   * @param planner makes the plans of stored jobs
   */
  LiveJobs(
      EngineParts parts,
      SiteHealth health,
      JobIntake intake,
      Function<JobDocuments, JobPlan> planner) {
    this.parts = parts;
    this.health = health;
    this.intake = intake;
    this.slots = new SlotDesk(parts.slots(), parts.clock(), parts.telemetry(), shells::get);
    this.planner = planner;
    Arrays.setAll(revivals, i -> new SerialLane(parts.executor()));
  }

  /** The slots of this site. */
  SlotDesk slots() {
    return slots;
  }

  /** Null if the job is not live here. */
  JobShell get(String jobId) {
    return shells.get(jobId);
  }

  /** Ids of all. */
  List<String> ids() {
    return List.copyOf(shells.keySet());
  }

  /** The shell of a job that is to begin here; it stays at least until it did. */
  JobShell beginning(String jobId) {
    JobShell shell =
        shells.compute(jobId, (id, known) -> (known == null ? fresh(id, 0) : known).expect());
    if (intake.isClosed()) {
      shell.close(JobIntake.siteClosed());
    }
    return shell;
  }

  /**
   * Does something with a job that may have left this site's memory.
   *
   * @return fails with INVALID {@code job.unknown} if it was never here
   */
  <T> CompletionStage<T> revived(String jobId, Function<JobShell, CompletionStage<T>> work) {
    intake.requireTaking();
    return expected(jobId)
        .thenCompose(
            found ->
                Stages.start(() -> work.apply(found)).whenComplete((ok, failed) -> found.begun()));
  }

  private CompletionStage<JobShell> expected(String jobId) {
    JobShell live = shells.computeIfPresent(jobId, (id, known) -> known.expect());
    return live != null
        ? CompletableFuture.completedStage(live)
        : revivals[Math.floorMod(jobId.hashCode(), revivals.length)].run(() -> revive(jobId));
  }

  /** In the lane: what is read stays true until the shell is there. */
  private CompletionStage<JobShell> revive(String jobId) {
    JobShell live = shells.computeIfPresent(jobId, (id, known) -> known.expect());
    return live != null
        ? CompletableFuture.completedStage(live)
        : new JobRecovery(parts.stores().jobs())
            .read(jobId, planner)
            .thenApply(left -> revive(jobId, left));
  }

  private JobShell revive(String jobId, JobRecovery.Left left) {
    if (left.states().isEmpty()) {
      throw FedflowException.invalid("job.unknown", "this site does not know job " + jobId);
    }
    return shells.compute(
        jobId,
        (id, known) -> {
          JobShell shell = known;
          if (shell == null) {
            shell = fresh(id, left.lastSequence());
            shell.restore(left.plan(), left.coordination(), left.states());
            slots.restored();
          }
          return shell.expect();
        });
  }

  /** See {@link JobEngine#recover}; blocking. */
  void recover() {
    JobRecovery recovery = new JobRecovery(parts.stores().jobs());
    Map<JobShell, JobRecovery.Left> all = new LinkedHashMap<>();
    for (String jobId : recovery.unfinished()) {
      JobRecovery.Left left = Stages.join(recovery.read(jobId, planner));
      JobShell shell = fresh(jobId, left.lastSequence());
      shell.restore(left.plan(), left.coordination(), left.states());
      shells.put(jobId, shell);
      all.put(shell, left);
    }
    // Only now: what is held must be counted before anybody asks.
    slots.restored();
    all.forEach((shell, left) -> shell.atOnce(() -> left.resume(shell)));
  }

  private JobShell fresh(String jobId, long lastSequence) {
    return new JobShell(jobId, parts, health, slots, lastSequence, this::leave);
  }

  private void leave(JobShell shell) {
    JobShell kept =
        shells.computeIfPresent(
            shell.jobId(), (id, known) -> known == shell && known.isOver() ? null : known);
    if (kept != shell) {
      shell.left();
    }
  }

  /** Ends everything that waits for a job; again is without effect. */
  void close() {
    shells.values().forEach(shell -> shell.close(JobIntake.siteClosed()));
  }
}
