package io.fedflow.testkit.sim;

import io.fedflow.data.Stages;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.JobStatus;
import io.fedflow.spi.TaskQuery;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What users of a world do with jobs that were accepted: stop them, and when they ended run them
 * again, give them other parameters, clean them, and let new jobs inherit from them. Remembers what
 * that may have made of each. Not thread-safe.
 */
final class Operator {

  private static final int SOON_MILLIS = 5_000;

  private final Chance chance;
  private final ManualTime time;
  private final Story story;
  private final Watch watch;
  private final Map<String, SimulatedSite> sites;
  private final Consumer<JobSpec> submit;
  private final Map<String, JobSpec> accepted = new HashMap<>();
  private final Set<String> stopped = new HashSet<>();
  private final Map<String, Boolean> reran = new HashMap<>();
  private final Set<String> dropped = new HashSet<>();
  private final Map<String, Life> updating = new HashMap<>();
  private int labels;
  private int heirs;

  /**
   * A user without jobs.
   *
   * @param submit takes jobs that inherit
   */
  Operator(
      Chance chance,
      ManualTime time,
      Story story,
      Watch watch,
      Map<String, SimulatedSite> sites,
      Consumer<JobSpec> submit) {
    this.chance = chance;
    this.time = time;
    this.story = story;
    this.watch = watch;
    this.sites = sites;
    this.submit = submit;
  }

  /** A job was accepted. */
  void accepted(String jobId, JobSpec job) {
    accepted.put(jobId, job);
  }

  /** How a job must end; null if nobody can tell. */
  JobStatus outcome(String jobId) {
    JobSpec job = accepted.get(jobId);
    boolean again = reran.containsKey(jobId);
    if (job == null || again && (!reran.get(jobId) || dropped.contains(jobId))) {
      return null;
    }
    return again ? JobStatus.SUCCESS : job.outcome();
  }

  /** Whether a job was to be stopped. */
  boolean wasStopped(String jobId) {
    return stopped.contains(jobId);
  }

  private SimulatedSite anySite() {
    return sites.get(chance.pick(List.copyOf(sites.keySet())));
  }

  private List<String> ended() {
    return new TreeSet<>(accepted.keySet()).stream().filter(watch::ended).toList();
  }

  /** So soon that it may meet what was asked for before. */
  private void soon(Runnable move) {
    time.after(chance.between(0, SOON_MILLIS), move);
  }

  /** Stops a job. */
  void stop() {
    if (accepted.isEmpty()) {
      return;
    }
    String jobId = chance.pick(List.copyOf(new TreeSet<>(accepted.keySet())));
    SimulatedSite site = anySite();
    if (site.isUp()) {
      stopped.add(jobId);
      story.tell(site.id(), "is asked to stop", jobId);
      site.process().pipelines().stop(jobId, "a user");
    }
  }

  /** Runs an ended job again. */
  void rerun() {
    List<String> ended = ended();
    SimulatedSite site = anySite();
    if (!ended.isEmpty()) {
      rerun(chance.pick(ended), site, chance.permille(300));
    }
  }

  /** Whoever asks repairs the tasks first. */
  private void rerun(String jobId, SimulatedSite site, boolean force) {
    if (!site.isUp()) {
      return;
    }
    JobSpec job = accepted.get(jobId);
    job.scripts().values().forEach(Script::repair);
    sites.values().forEach(any -> any.outputs().wanted(jobId));
    story.tell(site.id(), force ? "is asked to rerun all of" : "is asked to rerun", jobId);
    site.process()
        .pipelines()
        .rerun(jobId, List.of(), force, "a user")
        .whenComplete(
            (ok, failed) -> {
              // Only its initiator's site tells that the job waits everywhere.
              if (!isRefused(failed)) {
                boolean here = site.id().equals(job.initiator().id());
                reran.put(jobId, failed == null && here);
              }
            });
    // Until it is answered nobody knows.
    reran.putIfAbsent(jobId, false);
  }

  private static boolean isRefused(Throwable failed) {
    return failed != null
        && Stages.unwrap(failed) instanceof FedflowException known
        && (known.kind() == FailureKind.INVALID
            || known.kind() == FailureKind.CONFLICT
            || known.code().equals("job.update"));
  }

  /** Gives an ended job other parameters, and runs it again. */
  void update() {
    List<String> ended = ended();
    if (ended.isEmpty()) {
      return;
    }
    String jobId = chance.pick(ended);
    JobSpec job = accepted.get(jobId);
    SimulatedSite site = sites.get(job.initiator().id());
    if (!site.isUp() || updating.get(jobId) == site.life()) {
      return;
    }
    int label = ++labels;
    updating.put(jobId, site.life());
    watch.labels().asked(jobId, label);
    story.tell(site.id(), "is asked to update to label " + label, jobId);
    site.process()
        .pipelines()
        .updateParameters(jobId, Labels.update(job, label))
        .whenComplete((ok, failed) -> updated(jobId, label, failed));
    soon(() -> rerun(jobId, anySite(), true));
  }

  private void updated(String jobId, int label, Throwable failed) {
    updating.remove(jobId);
    if (failed == null) {
      story.tell("user", "knows of label " + label + " for", jobId);
      watch.labels().taken(jobId, label);
    } else {
      story.tell("user", "hears of label " + label + ":", String.valueOf(failed));
      if (isRefused(failed)) {
        watch.labels().refused(jobId, label);
      }
    }
  }

  /** Cleans an ended job at one site, or at all. */
  void clean() {
    List<String> ended = ended();
    if (ended.isEmpty()) {
      return;
    }
    String jobId = chance.pick(ended);
    if (chance.coin()) {
      clean(jobId, anySite());
    } else {
      sites.values().forEach(site -> clean(jobId, site));
    }
    if (chance.permille(300)) {
      soon(() -> rerun(jobId, anySite(), chance.coin()));
    }
  }

  private void clean(String jobId, SimulatedSite site) {
    if (!site.isUp()) {
      return;
    }
    story.tell(site.id(), "is asked to clean", jobId);
    boolean forGood = !reran.containsKey(jobId);
    int round = watch.roundAt(site.id(), jobId);
    site.outputs().cleaning(jobId);
    // A run that needs what is dropped here is refused where it is noticed.
    dropped.add(jobId);
    site.process()
        .pipelines()
        .clean(attempts(jobId))
        .whenComplete(
            (cleaned, failed) -> {
              String why =
                  failed != null ? failed.toString() : cleaned.outcomes().getOrDefault(jobId, "");
              story.tell(site.id(), "cleaned: " + why, jobId);
              if (why.isEmpty()) {
                site.outputs().cleaned(jobId, round, forGood && !reran.containsKey(jobId));
              }
            });
  }

  private static TaskQuery attempts(String jobId) {
    return new TaskQuery(
        List.of(jobId), List.of(), List.of(), List.of(), Set.of(), Set.of(), false, 0, 100_000);
  }

  /** Submits a job that inherits from an ended one. */
  void inherit() {
    List<String> ended = ended();
    if (ended.isEmpty()) {
      return;
    }
    String jobId = chance.pick(ended);
    Heirs.of(accepted.get(jobId), jobId, "h" + ++heirs, watch, chance).ifPresent(submit);
    if (chance.coin()) {
      soon(() -> clean(jobId, anySite()));
    }
    if (chance.permille(200)) {
      soon(() -> rerun(jobId, anySite(), true));
    }
  }
}
