package io.fedflow.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.party.Party;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random operations upon a ledger and upon its rules written down naively. */
class SlotLedgerPropertyTest {

  private static final int WALKS = 400;
  private static final int STEPS = 400;
  private static final int JOBS = 14;
  private static final Party HERE = Party.of("guest", "9999");

  private NaiveSlots model;
  private SlotLedger ledger;
  private int passings;
  private int wounds;

  @Test
  void agreesWithTheRulesAndNeverGrantsMoreThanThereIs() {
    for (int seed = 0; seed < WALKS; seed++) {
      Random random = new Random(seed);
      int capacity = 1 + random.nextInt(8);
      model = new NaiveSlots(capacity);
      ledger = new SlotLedger(capacity, 1_000);
      for (int step = 0; step < STEPS; step++) {
        step(random, seed + "/" + step);
      }
      empty("seed " + seed);
    }
    assertThat(passings).as("walks in which jobs were passed").isGreaterThan(1_000);
    assertThat(wounds).as("jobs asked to yield").isGreaterThan(1_000);
  }

  private void step(Random random, String when) {
    String id = "j" + random.nextInt(JOBS);
    NaiveSlots.Job job = model.jobs.get(id);
    int heldBefore = model.held();
    SlotDecision decision = null;
    int operation = random.nextInt(24);
    if (job == null) {
      int slots = random.nextInt(model.capacity + 1);
      SlotRank rank = new SlotRank(random.nextInt(3) == 0 ? 1 : 0, random.nextInt(100), id);
      ledger.declare(id, HERE, slots, 0);
      job = new NaiveSlots.Job(rank, slots);
      model.jobs.put(id, job);
      if (random.nextInt(6) == 0) {
        ledger.withhold(id, HERE);
        job.unapproved = true;
      }
    } else if (operation < 10) {
      decision = ask(job, random.nextInt(3) == 0 ? 1 : 0);
    } else if (operation < 13) {
      decision = ledger.running(id, 0);
      if (job.state == NaiveSlots.State.HOLDING) {
        job.state = NaiveSlots.State.RUNNING;
        job.asked = false;
        job.deaf = false;
        model.settle();
      }
    } else if (operation < 16) {
      decision = giveBack(job);
    } else if (operation < 19) {
      model.jobs.remove(id);
      decision = ledger.undeclare(id, HERE, 0);
      model.settle();
    } else if (operation < 20) {
      model.capacity = 1 + random.nextInt(8);
      decision = ledger.resize(model.capacity, 0);
      model.settle();
    } else if (operation < 21) {
      decision = ledger.approve(id, HERE, 0);
      if (job.unapproved) {
        job.unapproved = false;
        model.settle();
      }
    } else if (operation < 22) {
      decision = ledger.yieldFailed(id, job.round, 0);
      if (job.state == NaiveSlots.State.HOLDING) {
        job.deaf = true;
        model.settle();
      }
    } else if (random.nextBoolean()) {
      ledger.pause();
      model.paused = true;
    } else {
      decision = ledger.resume(0);
      model.paused = false;
      model.settle();
    }
    if (decision != null) {
      compare(decision, when);
    }
    check(heldBefore, when);
  }

  private SlotDecision ask(NaiveSlots.Job job, int later) {
    model.granted.clear();
    model.yields.clear();
    boolean again = job.holds() && (later == 0 || job.state == NaiveSlots.State.RUNNING);
    job.round = Math.max(1, job.round + later);
    if (again) {
      model.granted.add(job.rank.jobId());
    } else {
      if (job.state == NaiveSlots.State.HOLDING) {
        job.asked = false;
        job.deaf = false;
      }
      job.state = NaiveSlots.State.WAITING;
      if (model.first(model.capacity) == job) {
        model.jobs.values().forEach(this::forget);
      }
      model.settle();
    }
    return ledger.ask(job.rank, job.round, 0);
  }

  private void forget(NaiveSlots.Job job) {
    if (job.state == NaiveSlots.State.HOLDING) {
      job.asked = false;
      job.deaf = false;
    }
  }

  private SlotDecision giveBack(NaiveSlots.Job job) {
    model.granted.clear();
    model.yields.clear();
    if (job.state == NaiveSlots.State.WAITING || job.state == NaiveSlots.State.HOLDING) {
      job.state = NaiveSlots.State.DECLARED;
      job.asked = false;
      job.deaf = false;
      model.settle();
    }
    return ledger.giveBack(job.rank.jobId(), job.round, 0);
  }

  private void compare(SlotDecision decision, String when) {
    if (!decision.ignored().isEmpty()) {
      assertThat(decision.isEmpty()).as(when).isTrue();
      return;
    }
    assertThat(decision.grants())
        .as(when)
        .extracting(SlotDecision.Grant::jobId)
        .isEqualTo(model.granted);
    assertThat(decision.yields())
        .as(when)
        .extracting(SlotDecision.Yield::jobId)
        .isEqualTo(model.yields);
    for (SlotDecision.Grant grant : decision.grants()) {
      NaiveSlots.Job job = model.jobs.get(grant.jobId());
      assertThat(grant.slots()).as(when).containsOnly(java.util.Map.entry(HERE, job.slots));
      assertThat(grant.round()).as(when).isEqualTo(job.round);
    }
    wounds += decision.yields().size();
  }

  private void check(int heldBefore, String when) {
    SlotView view = ledger.view();
    assertThat(view.held()).as(when).isEqualTo(model.held());
    assertThat(view.held()).as(when).isLessThanOrEqualTo(Math.max(view.capacity(), heldBefore));
    assertThat(view.holders().stream().mapToInt(SlotView.Holder::slots).sum())
        .as(when)
        .isEqualTo(view.held());
    List<SlotView.Waiter> waiters = view.waiters();
    for (SlotView.Waiter waiter : waiters) {
      assertThat(waiter.passed()).as(when).isLessThanOrEqualTo(SlotLedger.MOST_PASSED);
      passings += waiter.passed() > 0 ? 1 : 0;
      if (!view.paused() && waiter.unapproved().isEmpty()) {
        boolean first = waiter == waiters.get(0);
        assertThat(first && waiter.slots() <= view.free()).as("first, and fits: " + when).isFalse();
      }
    }
  }

  private void empty(String when) {
    for (String id : List.copyOf(model.jobs.keySet())) {
      ledger.undeclare(id, HERE, 0);
    }
    assertThat(ledger.view().held()).as(when).isZero();
    assertThat(ledger.view().holders()).as(when).isEmpty();
    assertThat(ledger.view().waiters()).as(when).isEmpty();
  }
}
