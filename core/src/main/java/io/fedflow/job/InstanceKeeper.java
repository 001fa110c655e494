package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.Signal;
import io.fedflow.spi.SiteInstances;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps this instance of a site alive before the others that share its stores, and goes on with the
 * jobs of those that ended. It fences others only after it renewed its own lease for longer than a
 * lease without a gap: after an outage of the stores everybody's lease has ended, and nobody is
 * dead. Thread-safe.
 */
final class InstanceKeeper {

  private static final System.Logger LOG = System.getLogger(InstanceKeeper.class.getName());

  private final EngineParts parts;
  private final SiteInstances instances;
  private final InstanceTimes times;
  private final SiteHealth health;
  private final LiveJobs jobs;
  private final Alarm renewal;
  private final AtomicBoolean looking = new AtomicBoolean();

  /** Whether news came while it looked. */
  private final AtomicBoolean missed = new AtomicBoolean();

  /** Jobs that are this instance's and could not be read yet. */
  private final Set<String> pending = new LinkedHashSet<>();

  private volatile boolean joined;
  private volatile boolean ended;
  private long lastRenewed = Long.MIN_VALUE;
  private long steadySince;

  InstanceKeeper(EngineParts parts, InstanceTimes times, SiteHealth health, LiveJobs jobs) {
    this.parts = parts;
    this.instances = parts.stores().instances();
    this.times = times;
    this.health = health;
    this.jobs = jobs;
    this.renewal = new Alarm(parts.timers());
  }

  /** Joins the others and goes on with what none of them owns; blocking. */
  void begin() {
    instances.watch(new News());
    Stages.join(instances.join(times.lease()));
    joined = true;
    renew();
    List<String> mine = new ArrayList<>(Stages.join(instances.adopt()));
    List<String> taken;
    do {
      taken = Stages.join(instances.take(false));
      mine.addAll(taken);
    } while (taken.size() == SiteInstances.MOST_TAKEN);
    jobs.recover(mine);
    if (instances.shared()) {
      parts.blocking().execute(this::rehearse);
    }
  }

  /**
   * Reads and plans a job for nothing: the first time that a process does so takes a busy machine
   * more than a second, which a takeover must not.
   */
  private void rehearse() {
    try {
      jobs.rehearse();
    } catch (RuntimeException failed) {
      LOG.log(
          System.Logger.Level.DEBUG,
          () -> "no job could be read in advance: " + JobOutbox.reason(Stages.unwrap(failed)));
    }
  }

  /** What the stores tell between two renewals. */
  private final class News implements SiteInstances.Watcher {

    @Override
    public void jobsLeft() {
      if (joined && !ended) {
        missed.set(true);
        renewal.set(0, InstanceKeeper.this::renew);
      }
    }

    @Override
    public void fenced(String instanceId) {
      parts.telemetry().signal(new Signal.InstanceFenced(instanceId));
    }
  }

  private void renew() {
    Stages.start(instances::renew)
        .whenComplete(
            (renewed, failed) -> {
              if (ended) {
                return;
              }
              long pause = times.renewal().toMillis();
              if (failed == null) {
                renewed(renewed);
                // At the moment when the next lease ends: until then nobody can be fenced.
                pause = Math.min(pause, renewed.nextEnd() - renewed.now() + 1);
              } else if (isFenced(Stages.unwrap(failed))) {
                fenced(failed);
                return;
              }
              renewal.set(Math.max(1, pause), this::renew);
            });
  }

  static boolean isFenced(Throwable why) {
    return why instanceof FedflowException known && known.code().equals(SiteInstances.FENCED);
  }

  private void fenced(Throwable why) {
    ended = true;
    health.fail("other servers of this site took over its jobs", why);
  }

  private void renewed(SiteInstances.Renewed renewed) {
    boolean steady;
    synchronized (this) {
      long lease = times.lease().toMillis();
      if (renewed.now() - lastRenewed > lease || lastRenewed == Long.MIN_VALUE) {
        steadySince = renewed.now();
      }
      lastRenewed = renewed.now();
      steady = renewed.now() - steadySince > lease;
      if (!renewed.heirless() && pending.isEmpty()) {
        return;
      }
    }
    if (looking.compareAndSet(false, true)) {
      missed.set(false);
      look(steady).whenComplete((ok, failed) -> looked());
    }
  }

  private void looked() {
    looking.set(false);
    if (missed.get() && !ended) {
      renewal.set(0, this::renew);
    }
  }

  private CompletionStage<Void> look(boolean fence) {
    return Stages.start(() -> instances.take(fence))
        .thenAcceptAsync(this::goOn, parts.blocking())
        .exceptionally(
            failed -> {
              // Looked again at the next renewal.
              LOG.log(
                  System.Logger.Level.DEBUG,
                  () -> "nothing taken: " + JobOutbox.reason(Stages.unwrap(failed)));
              return null;
            });
  }

  private void goOn(List<String> taken) {
    List<String> all;
    synchronized (this) {
      pending.addAll(taken);
      all = List.copyOf(pending);
    }
    if (!taken.isEmpty()) {
      LOG.log(
          System.Logger.Level.INFO,
          () -> "took over " + taken.size() + " jobs of another server of this site");
    }
    taken.forEach(jobId -> parts.telemetry().signal(new Signal.JobTakenOver(jobId)));
    List<String> unread = jobs.takeOver(all);
    synchronized (this) {
      pending.retainAll(Set.copyOf(unread));
    }
  }

  /** Ends in order: others may go on with all jobs at once. Again is without effect. */
  CompletionStage<Void> leave() {
    boolean lives = joined && !ended;
    ended = true;
    renewal.close();
    return lives ? instances.leave() : CompletableFuture.completedStage(null);
  }
}
