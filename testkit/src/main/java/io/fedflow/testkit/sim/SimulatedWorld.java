package io.fedflow.testkit.sim;

import io.fedflow.data.Stages;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.CoordinationRow;
import io.fedflow.job.JobIds;
import io.fedflow.job.JobStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Runs whole jobs of several sites on one thread, every choice drawn from a seed: the jobs, what
 * their tasks do, what is due first, and what goes wrong. All faults heal; then every job must end
 * as it would have without them. For one thread; a world is used once.
 */
public final class SimulatedWorld {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long PATIENCE_MILLIS = TimeUnit.DAYS.toMillis(1);
  private static final int MOST_STEPS = 1_000_000;
  private static final int LATEST_HEALING_MILLIS = 120_000;
  private static final int GIVEN_UP_MILLIS = 60_000;
  private static final int RESUBMIT_MILLIS = 1_000;
  private static final int MOST_REFUSALS = 20;

  /** What an heir is refused with when its source changed meanwhile: it is not submitted again. */
  private static final Set<FailureKind> GONE =
      EnumSet.of(FailureKind.INVALID, FailureKind.CONFLICT);

  private final long seed;
  private final Set<Fault> possible;
  private final Chance chance;
  private final ManualTime time;
  private final Story story;
  private final Weather weather;
  private final Watch watch = new Watch();
  private final SeededNetwork network;
  private final ScriptBook scripts = new ScriptBook();
  private final Map<String, SimulatedSite> sites = new LinkedHashMap<>();
  private final Set<String> heirs = new HashSet<>();
  private final Map<JobSpec, Life> unanswered = new LinkedHashMap<>();
  private final Operator operator;
  private final long healing;
  private int refusals;
  private int steps;

  private SimulatedWorld(long seed, Set<Fault> possible, Flaw flaw) {
    this.seed = seed;
    this.possible = possible;
    this.chance = new Chance(seed);
    this.time = new ManualTime(START, chance.any());
    this.story = new Story(time);
    this.weather = new Weather(possible, chance.split());
    this.network = new SeededNetwork(time, weather, chance.split(), story);
    this.healing = time.millis() + chance.between(1_000, LATEST_HEALING_MILLIS);
    SimulatedSite.World shared =
        new SimulatedSite.World(
            time,
            weather,
            chance.split(),
            story,
            watch,
            network,
            Modules.catalog(),
            new JobIds(time, ZoneOffset.UTC),
            scripts,
            flaw);
    this.operator = new Operator(chance.split(), time, story, watch, sites, this::submitHeir);
    int count = chance.between(2, 4);
    for (int i = 1; i <= count; i++) {
      String id = Integer.toString(i);
      sites.put(id, new SimulatedSite(id, shared));
    }
  }

  /**
   * Runs a world with all faults to its end.
   *
   * @return its story
   * @throws SimulationFailure if something does not hold
   */
  public static Story run(long seed) {
    return run(seed, EnumSet.allOf(Fault.class));
  }

  /** Runs a world in which only these faults are possible; see {@link #run(long)}. */
  public static Story run(long seed, Set<Fault> possible) {
    return run(seed, possible, Flaw.NONE);
  }

  static Story run(long seed, Set<Fault> possible, Flaw flaw) {
    SimulatedWorld world = new SimulatedWorld(seed, possible, flaw);
    world.begin();
    world.play();
    world.judge();
    return world.story;
  }

  private void begin() {
    sites.values().forEach(SimulatedSite::start);
    JobGenerator generator =
        new JobGenerator(chance.split(), List.copyOf(sites.keySet()), possible);
    int jobs = chance.pick(List.of(1, 1, 1, 2, 3, 6));
    for (int i = 1; i <= jobs; i++) {
      JobSpec job = generator.next("j" + i);
      scripts.add(job);
      time.after(chance.between(0, 20_000), () -> submit(job));
    }
    time.after(healing - time.millis(), this::heal);
    if (possible.contains(Fault.PARTITION) && chance.coin()) {
      times(3, this::cut);
    }
    if (possible.contains(Fault.CRASH) && chance.coin()) {
      times(4, this::crash);
    }
    if (possible.contains(Fault.STOP) && chance.permille(150)) {
      time.after(chance.between(0, LATEST_HEALING_MILLIS), operator::stop);
    }
    if (possible.contains(Fault.RERUN) && chance.permille(300)) {
      times(2, operator::rerun);
      time.after(2 * LATEST_HEALING_MILLIS, operator::rerun);
    }
    sometimes(Fault.UPDATE, operator::update);
    sometimes(Fault.CLEAN, operator::clean);
    sometimes(Fault.INHERIT, operator::inherit);
  }

  /** What users do while all goes wrong, and once more when all is well. */
  private void sometimes(Fault fault, Runnable move) {
    if (possible.contains(fault) && chance.permille(300)) {
      times(3, move);
      time.after(2L * LATEST_HEALING_MILLIS + chance.between(0, LATEST_HEALING_MILLIS), move);
    }
  }

  private void times(int most, Runnable what) {
    int count = chance.between(1, most);
    for (int i = 0; i < count; i++) {
      time.after(chance.between(0, (int) (healing - time.millis())), what);
    }
  }

  private void submit(JobSpec job) {
    SimulatedSite site = sites.get(job.initiator().id());
    if (!site.isUp()) {
      time.after(RESUBMIT_MILLIS, () -> submit(job));
      return;
    }
    story.tell(site.id(), "submits " + job.name(), "");
    Life life = site.life();
    unanswered.put(job, life);
    site.process()
        .pipelines()
        .submit(job.documents())
        .whenComplete(
            (submitted, failed) -> {
              unanswered.remove(job);
              if (failed == null) {
                story.tell(site.id(), "accepts " + job.name(), submitted.jobId());
                operator.accepted(submitted.jobId(), job);
              } else {
                refused(job, Stages.unwrap(failed));
              }
            });
  }

  private void submitHeir(JobSpec job) {
    scripts.add(job);
    heirs.add(job.name());
    submit(job);
  }

  private void refused(JobSpec job, Throwable why) {
    story.tell(job.initiator().id(), "refuses " + job.name() + ":", String.valueOf(why));
    boolean heir = heirs.contains(job.name());
    if (heir && why instanceof FedflowException known && GONE.contains(known.kind())) {
      return;
    }
    if (++refusals > MOST_REFUSALS && time.millis() > healing + TimeUnit.MINUTES.toMillis(10)) {
      watch.note(Check.OUTCOME, job.name() + " is refused again and again: " + why);
    } else {
      time.after(RESUBMIT_MILLIS, () -> submit(job));
    }
  }

  private void cut() {
    Set<String> away = new HashSet<>();
    sites
        .keySet()
        .forEach(
            id -> {
              if (chance.coin()) {
                away.add(id);
              }
            });
    story.tell("network", "cuts off", new TreeSet<>(away));
    network.cut(away);
    time.after(
        chance.between(1, 60_000),
        () -> {
          story.tell("network", "is whole", "");
          network.join();
        });
  }

  private void crash() {
    SimulatedSite site = sites.get(chance.pick(List.copyOf(sites.keySet())));
    if (!site.isUp()) {
      return;
    }
    if (chance.coin()) {
      crash(site);
    } else {
      // In the middle of a step, between two of the calls that it makes.
      site.life().crashAtCall(chance.between(1, 30), () -> crash(site));
    }
  }

  private void crash(SimulatedSite site) {
    if (time.millis() < healing) {
      kill(site);
      time.after(chance.between(0, 20_000), () -> startAgain(site));
    }
  }

  private void kill(SimulatedSite site) {
    Life life = site.life();
    site.crash();
    List<JobSpec> lost = new ArrayList<>();
    unanswered.forEach(
        (job, at) -> {
          if (at == life) {
            lost.add(job);
          }
        });
    lost.forEach(job -> refused(job, new IllegalStateException("the site crashed")));
    unanswered.keySet().removeAll(lost);
  }

  private void startAgain(SimulatedSite site) {
    if (!site.isUp()) {
      site.start();
    }
  }

  private void heal() {
    story.tell("world", "heals", "");
    weather.calmDown();
    network.join();
    sites.values().forEach(this::startAgain);
    time.after(GIVEN_UP_MILLIS, this::operate);
  }

  /** A site whose disk was down for too long gives jobs up until its operator starts it again. */
  private void operate() {
    for (SimulatedSite site : sites.values()) {
      if (site.gaveUp()) {
        story.tell(site.id(), "failed or gave a job up, is started again", "");
        kill(site);
        site.start();
      }
    }
  }

  private void play() {
    while (step()) {
      sites.values().forEach(SimulatedSite::compare);
      expectNoViolation();
      if (++steps > MOST_STEPS) {
        throw failure(Check.PROGRESS, "nothing ends after " + steps + " steps", null);
      }
      if (time.millis() > healing + PATIENCE_MILLIS) {
        throw failure(Check.PROGRESS, "a day after all faults " + unfinished(), null);
      }
    }
  }

  private boolean step() {
    try {
      return time.step();
    } catch (RuntimeException | Error thrown) {
      throw failure(Check.NO_BUGS, "there is " + thrown, thrown);
    }
  }

  private void expectNoViolation() {
    Watch.Violation found = watch.violation();
    if (found != null) {
      throw failure(found.check(), found.found(), null);
    }
  }

  private String unfinished() {
    List<String> left = new ArrayList<>();
    for (CoordinationRow row : watch.jobs()) {
      if (!row.status().terminal()) {
        left.add(row.jobId() + " is " + row.status());
      }
    }
    left.addAll(watch.unfinishedViews());
    sites.values().forEach(site -> left.addAll(site.left()));
    return "there is " + String.join(", ", left);
  }

  /** Nothing is to be done any more. */
  private void judge() {
    boolean ended =
        watch.jobs().stream().allMatch(row -> row.status().terminal())
            && watch.unfinishedViews().isEmpty();
    if (!ended) {
      throw failure(Check.PROGRESS, "nothing is to be done, and " + unfinished(), null);
    }
    watch.agreed();
    for (CoordinationRow row : watch.jobs()) {
      JobStatus outcome = operator.outcome(row.jobId());
      boolean right =
          outcome == null
              || row.status() == outcome
              || row.status() == JobStatus.CANCELED && operator.wasStopped(row.jobId());
      if (!right) {
        watch.note(
            Check.OUTCOME,
            row.jobId() + " is " + row.status() + " instead of " + outcome + ": " + row.cause());
      }
    }
    sites.values().forEach(site -> site.outputs().judge());
    for (SimulatedSite site : sites.values()) {
      if (!site.left().isEmpty()) {
        watch.note(Check.NO_LEAKS, "there is " + String.join(", ", site.left()));
      }
    }
    expectNoViolation();
  }

  private SimulationFailure failure(Check check, String found, Throwable cause) {
    return new SimulationFailure(check, seed, found, story, cause);
  }
}
