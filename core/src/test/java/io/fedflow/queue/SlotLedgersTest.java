package io.fedflow.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.party.Party;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Jobs that need slots of several sites, each with a coordinator as the protocol has it, over links
 * that keep the order of one job's commands to one party and nothing else.
 */
class SlotLedgersTest {

  private static final int WALKS = 1_500;

  /** Far more than any walk needs that goes on. */
  private static final int MOST_STEPS = 40_000;

  @Test
  void severalSitesNeverWaitForEachOtherForever() {
    int yields = 0;
    for (int seed = 0; seed < WALKS; seed++) {
      World world = new World(seed, true);
      world.run();
      assertThat(world.unfinished()).as("seed %s", seed).isEmpty();
      world.ledgers.forEach(
          ledger -> assertThat(ledger.view()).isEqualTo(World.unused(ledger.capacity())));
      yields += world.yielded;
    }
    assertThat(yields).as("returns of slots").isGreaterThan(WALKS / 2);
  }

  @Test
  void withoutYieldingTheyWould() {
    int stuck = 0;
    for (int seed = 0; seed < 100; seed++) {
      World world = new World(seed, false);
      world.run();
      stuck += world.unfinished().isEmpty() ? 0 : 1;
    }
    assertThat(stuck).isPositive();
  }

  /** Two or three sites, each with one or two parties. */
  private static final class World {

    final List<SlotLedger> ledgers = new ArrayList<>();
    final Map<Party, SlotLedger> sites = new LinkedHashMap<>();
    final List<Coordinator> coordinators = new ArrayList<>();
    final Map<String, ArrayDeque<Runnable>> links = new LinkedHashMap<>();
    final Random random;
    final boolean yielding;
    int yielded;

    World(long seed, boolean yielding) {
      this.random = new Random(seed);
      this.yielding = yielding;
      int count = 2 + random.nextInt(2);
      for (int site = 0; site < count; site++) {
        SlotLedger ledger = new SlotLedger(2 + random.nextInt(4), 1_000);
        ledgers.add(ledger);
        for (int party = 0; party < 1 + random.nextInt(2); party++) {
          sites.put(Party.of("host", "s" + site + "-" + party), ledger);
        }
      }
      int jobs = 3 + random.nextInt(8);
      for (int job = 0; job < jobs; job++) {
        coordinators.add(new Coordinator(this, job));
      }
    }

    static SlotView unused(int capacity) {
      return new SlotView(capacity, 0, false, List.of(), List.of());
    }

    List<Coordinator> unfinished() {
      return coordinators.stream().filter(c -> !c.over).toList();
    }

    void send(String link, Runnable message) {
      links.computeIfAbsent(link, l -> new ArrayDeque<>()).add(message);
    }

    /** Delivers in random order; when nothing moves any more, everybody asks once more. */
    void run() {
      coordinators.forEach(Coordinator::ask);
      for (int step = 0; step < MOST_STEPS && !unfinished().isEmpty(); step++) {
        List<ArrayDeque<Runnable>> ready =
            links.values().stream().filter(queue -> !queue.isEmpty()).toList();
        List<Coordinator> running = coordinators.stream().filter(c -> c.runs && !c.over).toList();
        if (!running.isEmpty() && (ready.isEmpty() || random.nextInt(20) == 0)) {
          running.get(random.nextInt(running.size())).end();
        } else if (!ready.isEmpty()) {
          ready.get(random.nextInt(ready.size())).poll().run();
        } else {
          unfinished().forEach(Coordinator::ask);
        }
      }
      links.values().forEach(queue -> queue.forEach(Runnable::run));
    }

    /** Acts upon a decision of a site; some answers are lost. */
    void act(SlotLedger at, SlotDecision decision) {
      for (SlotDecision.Grant grant : decision.grants()) {
        Coordinator to = coordinators.get(Integer.parseInt(grant.jobId()));
        for (Party party : grant.slots().keySet()) {
          if (random.nextInt(10) > 0) {
            send("up" + grant.jobId() + party, () -> to.granted(party, grant.round()));
          }
        }
      }
      for (SlotDecision.Yield yield : decision.yields()) {
        Coordinator to = coordinators.get(Integer.parseInt(yield.jobId()));
        int fate = random.nextInt(10);
        if (yielding && fate > 1) {
          send("yield" + yield.jobId(), () -> to.yield(yield.round()));
        } else if (fate == 0) {
          act(at, at.yieldFailed(yield.jobId(), yield.round(), 0));
        }
      }
    }
  }

  /** The coordinator's part: asks, yields while it does not run, runs once all have granted. */
  private static final class Coordinator {

    final World world;
    final SlotRank rank;
    final List<Party> parties = new ArrayList<>();
    final Set<Party> granted = new HashSet<>();
    int round = 1;
    boolean runs;
    boolean over;

    Coordinator(World world, int job) {
      this.world = world;
      this.rank = new SlotRank(world.random.nextInt(2), job, "" + job);
      for (Party party : world.sites.keySet()) {
        SlotLedger site = world.sites.get(party);
        if (world.random.nextInt(4) > 0 || parties.isEmpty()) {
          int most = site.capacity() / 2;
          site.declare(rank.jobId(), party, world.random.nextInt(most + 1), 0);
          parties.add(party);
        }
      }
    }

    void ask() {
      int asked = round;
      toAll(parties, (party, site) -> site.ask(rank, asked, 0));
    }

    void granted(Party party, int of) {
      if (over || runs || of != round) {
        return;
      }
      granted.add(party);
      if (granted.size() == parties.size()) {
        runs = true;
        for (SlotLedger site : Set.copyOf(world.sites.values())) {
          boolean takesPart = parties.stream().anyMatch(p -> world.sites.get(p) == site);
          boolean holds =
              site.view().holders().stream().anyMatch(h -> h.jobId().equals(rank.jobId()));
          assertThat(holds).as("job %s runs with its slots", rank.jobId()).isEqualTo(takesPart);
        }
        toAll(parties, (to, site) -> site.running(rank.jobId(), 0));
      }
    }

    void yield(int of) {
      if (over || runs || of != round) {
        return;
      }
      world.yielded++;
      int returned = round++;
      granted.clear();
      toAll(parties, (party, site) -> site.giveBack(rank.jobId(), returned, 0));
      ask();
    }

    void end() {
      over = true;
      toAll(parties, (party, site) -> site.undeclare(rank.jobId(), party, 0));
    }

    private void toAll(Collection<Party> to, Step step) {
      for (Party party : to) {
        SlotLedger site = world.sites.get(party);
        world.send("down" + rank.jobId() + party, () -> world.act(site, step.at(party, site)));
      }
    }

    private interface Step {
      SlotDecision at(Party party, SlotLedger site);
    }
  }
}
