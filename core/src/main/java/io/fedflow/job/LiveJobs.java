package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlan;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.SiteInstances;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The shells of the jobs that are live at one site: new ones, those of an earlier process, and
 * ended ones for as long as something is done with them. Thread-safe.
 */
final class LiveJobs {

  /** The code of what only the owner of a job can do. */
  static final String ELSEWHERE = "job.elsewhere";

  private static final System.Logger LOG = System.getLogger(LiveJobs.class.getName());

  private final EngineParts parts;
  private final SiteInstances instances;
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
    this.instances = parts.stores().instances();
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
        : known(jobId)
            .thenCompose(known -> own(jobId))
            .thenCompose(mine -> new JobRecovery(parts.stores().jobs()).read(jobId, planner))
            .thenApply(left -> revive(jobId, left));
  }

  /** A job that nobody knows is not to be claimed. */
  private CompletionStage<Void> known(String jobId) {
    return instances.shared()
        ? parts
            .stores()
            .jobs()
            .countJobs(JobQuery.ofJob(jobId))
            .thenAccept(
                count -> {
                  if (count == 0) {
                    throw unknown(jobId);
                  }
                })
        : CompletableFuture.completedStage(null);
  }

  /**
   * Makes a job, which may be new, that of this instance, among those that share the stores.
   *
   * @return fails with UNAVAILABLE {@value #ELSEWHERE} if it is another's, who is to be asked
   */
  CompletionStage<Void> own(String jobId) {
    return instances.shared() && !shells.containsKey(jobId)
        ? instances
            .claim(jobId)
            .thenAccept(
                owner -> {
                  if (!owner.equals(instances.id())) {
                    throw elsewhere(jobId);
                  }
                })
        : CompletableFuture.completedStage(null);
  }

  /** The refusal of what only the owner of a job can do. */
  static FedflowException elsewhere(String jobId) {
    return new FedflowException(
        FailureKind.UNAVAILABLE,
        ELSEWHERE,
        "job "
            + jobId
            + " is at another server of this site, or on its way to one; ask again, or that one");
  }

  private static FedflowException unknown(String jobId) {
    return FedflowException.invalid("job.unknown", "this site does not know job " + jobId);
  }

  private JobShell revive(String jobId, JobRecovery.Left left) {
    if (left.states().isEmpty()) {
      throw unknown(jobId);
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
    recover(new JobRecovery(parts.stores().jobs()).unfinished());
  }

  /** Goes on with some jobs, before anything else; blocking. */
  void recover(List<String> jobIds) {
    JobRecovery recovery = new JobRecovery(parts.stores().jobs());
    Map<JobShell, JobRecovery.Left> all = new LinkedHashMap<>();
    for (String jobId : jobIds) {
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

  /**
   * Goes on with jobs that other instances left, beside those that are live here; blocking.
   *
   * @return those that could not be read, because the store is down
   */
  List<String> takeOver(List<String> jobIds) {
    JobRecovery recovery = new JobRecovery(parts.stores().jobs());
    Map<String, CompletionStage<JobRecovery.Left>> reading = new LinkedHashMap<>();
    jobIds.forEach(jobId -> reading.put(jobId, Stages.start(() -> recovery.read(jobId, planner))));
    Map<JobShell, JobRecovery.Left> all = new LinkedHashMap<>();
    List<String> unread = new ArrayList<>();
    reading.forEach(
        (jobId, stage) -> {
          try {
            take(jobId, Stages.join(stage), all);
          } catch (FedflowException down) {
            if (down.kind() == FailureKind.UNAVAILABLE || down.kind() == FailureKind.UNKNOWN) {
              unread.add(jobId);
            } else {
              lost(jobId, down);
            }
          } catch (RuntimeException broken) {
            lost(jobId, broken);
          }
        });
    slots.restored();
    all.forEach((shell, left) -> shell.atOnce(() -> left.resume(shell)));
    if (intake.isClosed()) {
      close();
    }
    return unread;
  }

  /** Reads and plans the newest job that is stored, if there is one, without effect; blocking. */
  void rehearse() {
    JobQuery newest = new JobQuery(List.of(), List.of(), List.of(), Set.of(), true, 0, 1);
    Stages.join(parts.stores().jobs().jobs(newest))
        .forEach(
            row -> Stages.join(new JobRecovery(parts.stores().jobs()).read(row.jobId(), planner)));
  }

  private void take(String jobId, JobRecovery.Left left, Map<JobShell, JobRecovery.Left> all) {
    JobShell shell = fresh(jobId, left.lastSequence());
    shell.restore(left.plan(), left.coordination(), left.states());
    if (shells.putIfAbsent(jobId, shell) == null) {
      all.put(shell, left);
    } else {
      shell.left();
    }
  }

  /** One job that cannot be read must not keep the others. */
  private static void lost(String jobId, RuntimeException why) {
    LOG.log(
        System.Logger.Level.ERROR,
        () -> "job " + jobId + " could not be taken over; it goes on at the next start",
        why);
  }

  private JobShell fresh(String jobId, long lastSequence) {
    return new JobShell(jobId, parts, health, slots, lastSequence, this::leave);
  }

  private void leave(JobShell shell) {
    JobShell kept =
        shells.computeIfPresent(
            shell.jobId(), (id, known) -> known == shell && known.leaves() ? null : known);
    if (kept != shell) {
      shell.left();
    }
  }

  /** Ends everything that waits for a job; again is without effect. */
  void close() {
    shells.values().forEach(shell -> shell.close(JobIntake.siteClosed()));
  }
}
