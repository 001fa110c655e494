package io.fedflow.testkit.sim;

import io.fedflow.Fedflow;
import io.fedflow.FedflowBuilder;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.data.Stages;
import io.fedflow.job.JobEngine;
import io.fedflow.job.JobIds;
import io.fedflow.job.TaskRunner;
import io.fedflow.memory.MemoryStores;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.PartyLink;
import io.fedflow.spi.Stores;
import io.fedflow.spi.TrackingStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One site: a disk that lasts, and a process on it that may die and be started again. Not
 * thread-safe.
 */
final class SimulatedSite {

  /** At least what one job of the generator may ask of one site. */
  private static final int FEWEST_SLOTS = 8;

  private static final int MOST_SLOTS = 12;

  /** Longer than any fault: a party that is away for a while must not cost a task its retries. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /** Short enough that some turns wait for their disk in vain, long enough that most do not. */
  private static final Duration STORE_PATIENCE = Duration.ofSeconds(20);

  private final String id;
  private final World world;
  private final Stores disk = MemoryStores.create();
  private final JobStore watched;
  private final OutputCheck outputs;
  private final int slots;
  private final Set<String> answered = new HashSet<>();
  private Life life;
  private Fedflow process;
  private FaultyJobStore jobs;
  private ScriptedTaskRunner runner;

  /** What all sites of a world share. */
  record World(
      ManualTime time,
      Weather weather,
      Chance chance,
      Story story,
      Watch watch,
      SeededNetwork network,
      ComponentCatalog catalog,
      JobIds ids,
      ScriptBook scripts,
      Flaw flaw) {}

  SimulatedSite(String id, World world) {
    this.id = id;
    this.world = world;
    this.slots = world.chance().between(FEWEST_SLOTS, MOST_SLOTS);
    this.outputs = new OutputCheck(id, disk, world.watch());
    this.watched =
        new WatchedJobStore(
            disk.jobs(),
            turn -> {
              world.watch().stored(id, turn);
              outputs.stored(turn);
            });
  }

  String id() {
    return id;
  }

  boolean isUp() {
    return life != null && life.alive();
  }

  /** The running process. */
  Fedflow process() {
    return process;
  }

  /** Looks at what is on the disk. */
  OutputCheck outputs() {
    return outputs;
  }

  Life life() {
    return life;
  }

  /** Starts a process on what is stored; it picks up what its predecessor left. */
  void start() {
    Life born = new Life(id, world.time());
    life = born;
    jobs = new FaultyJobStore(watched, born, world.time(), world.weather(), answered::add);
    TrackingStore tracking = new FaultyTrackingStore(disk.tracking(), born, world.weather());
    PartyLink watchedLink = new WatchedLink(world.network().linkOf(born), born, world.watch());
    PartyLink out = new SplitLink(world.flaw().out(watchedLink, born), watchedLink);
    process =
        Fedflow.builder()
            .components(world.catalog())
            .stores(
                new Stores(
                    world.flaw().store(jobs, born),
                    world.flaw().tracking(tracking, born),
                    new FaultyTableCatalog(disk.tables(), born, world.weather()),
                    disk.models(),
                    disk.blobs(),
                    disk.servers(),
                    () -> {}))
            .links(
                (own, mailboxes) ->
                    new FedflowBuilder.Links(
                        out,
                        envelope -> world.network().deliver(born, envelope, () -> true, () -> {}),
                        party -> party.id().equals(id)))
            .peerPatience(PATIENCE)
            .storePatience(STORE_PATIENCE)
            .slots(slots)
            .clock(world.time())
            .ids(world.ids())
            .seeds(world.chance()::any)
            .timers(world.flaw().timers(born, born))
            .turnExecutor(born.executor())
            .taskExecutor(WorldExecutor.strands(born))
            .computeExecutor(WorldExecutor.none())
            .runner(parts -> world.flaw().runner(runner(born, parts, tracking), born))
            .build();
    PartyLink in = world.flaw().in(process.localParties(), born);
    world
        .network()
        .up(
            id,
            new SeededNetwork.Endpoint(
                born,
                in::send,
                process.localParties()::ask,
                envelope -> {
                  process.mailboxes().deliver(envelope);
                  runner.arrived(envelope);
                }));
    world.story().tell(id, "starts", "");
    process.recover();
    born.started();
  }

  private TaskRunner runner(Life born, FedflowBuilder.RunnerParts parts, TrackingStore tracking) {
    runner =
        new ScriptedTaskRunner(
            born,
            world.time(),
            world.chance(),
            parts.mailboxes(),
            tracking,
            disk.tables(),
            (envelope, wanted, arrived) -> world.network().deliver(born, envelope, wanted, arrived),
            world.scripts(),
            work -> {
              world.story().tell(id, "runs " + work.party(), work.task());
              world.watch().begun(work);
              outputs.begun(work);
            });
    return runner;
  }

  /** The process dies: nothing of it happens any more. */
  void crash() {
    if (isUp()) {
      world.story().tell(id, "crashes", "");
      life.end();
      jobs.crash(world.chance());
      world.network().down(id);
    }
  }

  /** Shows the watch every live job of which a turn was just answered, and the slots. */
  void compare() {
    if (answered.isEmpty()) {
      return;
    }
    if (isUp()) {
      world.watch().slots(id, process.queue().slots());
      for (String jobId : answered) {
        if (!jobs.writes(jobId)) {
          engine().live(jobId).ifPresent(live -> world.watch().live(id, live));
        }
      }
    }
    answered.clear();
  }

  /** Tells whether the site failed, or a job that has not ended is stored, but not live. */
  boolean gaveUp() {
    return isUp()
        && (process.health().failure().isPresent()
            || !engine().live().containsAll(Stages.join(watched.unfinished())));
  }

  private JobEngine engine() {
    return (JobEngine) process.localParties();
  }

  /** What of jobs and tasks is there, in words; empty if nothing is. */
  List<String> left() {
    List<String> left = new ArrayList<>();
    add(left, "live jobs " + engine().live(), engine().live().size());
    add(left, "waiting jobs", process.queue().waiting().size());
    add(left, "running jobs", process.queue().running().size());
    add(left, "slots in use", process.queue().slots().held());
    add(left, "messages", process.mailboxes().pending());
    add(left, "parts of tasks " + runner.running(), runner.running().size());
    add(left, "delays", life.armed());
    return left;
  }

  private void add(List<String> left, String what, int found) {
    if (found != 0) {
      left.add(found + " " + what + " at site " + id);
    }
  }
}
