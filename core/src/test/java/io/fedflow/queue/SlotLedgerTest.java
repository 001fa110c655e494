package io.fedflow.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.queue.SlotDecision.Grant;
import io.fedflow.queue.SlotDecision.Yield;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlotLedgerTest {

  private static final Party GUEST = Party.of("guest", "9999");
  private static final Party HOST = Party.of("host", "10000");

  private final SlotLedger ledger = new SlotLedger(4, 1_000);
  private long now = 100;

  /** Older jobs have lesser numbers. */
  private static SlotRank rank(int job) {
    return new SlotRank(0, job, "j" + job);
  }

  private SlotDecision ask(int job, int slots) {
    ledger.declare("j" + job, GUEST, slots, now++);
    return ledger.ask(rank(job), 1, now++);
  }

  private SlotDecision run(int job, int slots) {
    SlotDecision decision = ask(job, slots);
    ledger.running("j" + job, now++);
    return decision;
  }

  private SlotDecision end(int job) {
    return ledger.undeclare("j" + job, GUEST, now++);
  }

  private static List<String> granted(SlotDecision decision) {
    return decision.grants().stream().map(Grant::jobId).toList();
  }

  private static List<String> yields(SlotDecision decision) {
    return decision.yields().stream().map(Yield::jobId).toList();
  }

  private SlotWait.Reason reason(int job) {
    return ledger.waitOf("j" + job).orElseThrow().reason();
  }

  @Test
  void ranksByPriorityThenAgeThenId() {
    List<SlotRank> ranks =
        new ArrayList<>(
            List.of(
                new SlotRank(0, 5, "b"),
                new SlotRank(0, 5, "a"),
                new SlotRank(-1, 0, "x"),
                new SlotRank(0, 4, "z"),
                new SlotRank(3, 9, "y")));
    ranks.sort(null);
    assertThat(ranks).extracting(SlotRank::jobId).containsExactly("y", "z", "a", "b", "x");
    assertThat(new SlotRank(Integer.MIN_VALUE, 0, "a").isBefore(new SlotRank(1, 0, "b"))).isFalse();
  }

  @Test
  void grantsTheWholeDemandOfTheSiteAtOnce() {
    ledger.declare("j1", GUEST, 1, 1);
    ledger.declare("j1", HOST, 2, 1);
    SlotDecision decision = ledger.ask(rank(1), 1, 2);
    assertThat(decision.grants())
        .containsExactly(new Grant("j1", 1, Map.of(GUEST, 1, HOST, 2), 0, false));
    assertThat(ledger.view().held()).isEqualTo(3);
    assertThat(granted(ask(2, 2))).isEmpty();
    assertThat(granted(ledger.undeclare("j1", HOST, 3))).containsExactly("j2");
    assertThat(ledger.view().held()).isEqualTo(3);
    end(2);
    ledger.undeclare("j1", GUEST, 4);
    assertThat(ledger.view()).isEqualTo(new SlotView(4, 0, false, List.of(), List.of()));
  }

  @Test
  void refusesAJobThatCanNeverFit() {
    ledger.declare("j1", GUEST, 3, 1);
    assertThatThrownBy(() -> ledger.declare("j1", HOST, 2, 1))
        .isInstanceOfSatisfying(
            FedflowException.class,
            refused -> {
              assertThat(refused.kind()).isEqualTo(FailureKind.EXHAUSTED);
              assertThat(refused.code()).isEqualTo("slots.too_many");
              assertThat(refused)
                  .hasMessageContainingAll("j1", "asks for 5 slots", "host:10000", "has 4");
            });
    ledger.declare("j1", HOST, 1, 1);
    ledger.declare("j1", HOST, 1, 1);
    ledger.declare("j1", GUEST, 2, 1);
    assertThat(ledger.ask(rank(1), 1, 2).grants().get(0).slots())
        .isEqualTo(Map.of(GUEST, 2, HOST, 1));
    assertThatThrownBy(() -> ledger.declare("j1", HOST, 2, 3))
        .hasMessageContaining("holds slots at this site for [");
    assertThatThrownBy(() -> ledger.declare("j2", HOST, -1, 3)).hasMessageContaining("found -1");
  }

  @Test
  void refusesMoreWaitingJobsThanItsBound() {
    SlotLedger small = new SlotLedger(1, 2);
    small.declare("a", GUEST, 1, 1);
    small.declare("b", GUEST, 1, 1);
    assertThatThrownBy(() -> small.declare("c", GUEST, 1, 1))
        .isInstanceOfSatisfying(
            FedflowException.class,
            refused -> {
              assertThat(refused.kind()).isEqualTo(FailureKind.EXHAUSTED);
              assertThat(refused.code()).isEqualTo("queue.full");
              assertThat(refused).hasMessageContainingAll("c", "2 jobs wait", "allowed 2");
            });
    small.declare("b", HOST, 0, 1);
    small.ask(new SlotRank(0, 1, "a"), 1, 2);
    small.declare("c", GUEST, 1, 1);
  }

  @Test
  void refusesToCountForUnknownJobsAndSenselessSizes() {
    assertThatThrownBy(() -> ledger.ask(rank(7), 1, 1)).hasMessageContaining("j7 has no part");
    assertThatThrownBy(() -> ledger.withhold("j7", GUEST)).hasMessageContaining("j7 has no part");
    assertThatThrownBy(() -> new SlotLedger(0, 1)).hasMessageContaining("slots: found 0");
    assertThatThrownBy(() -> new SlotLedger(1, 0)).hasMessageContaining("waiting jobs: found 0");
    assertThatThrownBy(() -> ledger.resize(0, 1)).hasMessageContaining("slots: found 0");
    assertThat(ledger.undeclare("j7", GUEST, 1).ignored()).contains("guest:9999", "j7");
    assertThat(ledger.giveBack("j7", 1, 1).ignored()).contains("holds nothing");
    assertThat(ledger.running("j7", 1).ignored()).contains("j7");
    assertThat(ledger.approve("j7", GUEST, 1).ignored()).contains("needs no approval");
  }

  @Test
  void grantsInRankOrderWhateverTheOrderOfAsking() {
    run(1, 4);
    ask(5, 2);
    ask(3, 2);
    ask(4, 2);
    assertThat(ledger.view().waiters())
        .extracting(SlotView.Waiter::jobId)
        .containsExactly("j3", "j4", "j5");
    assertThat(granted(end(1))).containsExactly("j3", "j4");
  }

  @Test
  void tellsAGrantAgainToWhoAsksAgain() {
    assertThat(granted(ask(1, 2))).containsExactly("j1");
    assertThat(granted(ledger.ask(rank(1), 1, now))).containsExactly("j1");
    ledger.running("j1", now);
    assertThat(ledger.ask(rank(1), 2, now).grants())
        .containsExactly(new Grant("j1", 2, Map.of(GUEST, 2), 0, true));
    assertThat(ledger.view().held()).isEqualTo(2);
  }

  @Test
  void fillsUpWithWhatFitsButKeepsTheSlotsAfterItsBound() {
    run(1, 3);
    ask(2, 3);
    for (int i = 0; i < SlotLedger.MOST_PASSED; i++) {
      assertThat(granted(run(10 + i, 1))).as("passing %s", i).containsExactly("j" + (10 + i));
      end(10 + i);
    }
    assertThat(granted(ask(90, 1))).isEmpty();
    assertThat(reason(90)).isEqualTo(SlotWait.Reason.RESERVED);
    assertThat(ledger.waitOf("j90").orElseThrow().firstJob()).isEqualTo("j2");
    assertThat(reason(2)).isEqualTo(SlotWait.Reason.NO_ROOM);
    assertThat(granted(ask(91, 0))).as("it takes nothing away").containsExactly("j91");
    assertThat(granted(end(1))).containsExactly("j2", "j90");
  }

  @Test
  void asksTheLastInRankToYieldForTheFirst() {
    ask(5, 1);
    ask(6, 1);
    ask(7, 1);
    run(2, 1);
    SlotDecision decision = ask(1, 2);
    assertThat(decision.yields())
        .containsExactly(new Yield("j7", 1, rank(1)), new Yield("j6", 1, rank(1)));
    assertThat(granted(ledger.giveBack("j7", 1, now))).isEmpty();
    assertThat(ledger.ask(rank(7), 2, now).isEmpty()).as("not before the first").isTrue();
    assertThat(reason(7)).isEqualTo(SlotWait.Reason.RESERVED);
    assertThat(granted(ledger.giveBack("j6", 1, now))).containsExactly("j1");
    assertThat(ledger.view().holders())
        .extracting(SlotView.Holder::jobId)
        .containsExactly("j1", "j2", "j5");
  }

  @Test
  void asksNobodyToYieldInVainOrThatRunsOrComesFirst() {
    run(1, 2);
    ask(3, 1);
    assertThat(yields(ask(2, 3))).as("one more would be missing").isEmpty();
    assertThat(granted(ask(8, 1))).as("so others may pass").containsExactly("j8");
    assertThat(yields(end(1))).containsExactly("j8");
    assertThat(yields(ledger.running("j8", now))).as("as j8 runs by now").containsExactly("j3");
    assertThat(ledger.view().holders().get(0).yieldAsked()).isTrue();
    assertThat(granted(ledger.giveBack("j3", 1, now))).containsExactly("j2");
    assertThat(yields(ask(4, 1))).as("j2 comes before it").isEmpty();
    ledger.running("j2", now);
    assertThat(yields(ask(0, 4))).as("all run").isEmpty();
  }

  @Test
  void tellsAYieldAgainWhenTheFirstAsksAgain() {
    ask(5, 3);
    assertThat(yields(ask(1, 2))).containsExactly("j5");
    assertThat(ask(6, 2).isEmpty()).isTrue();
    assertThat(ledger.ask(rank(6), 1, now).isEmpty()).as("it is not the first").isTrue();
    assertThat(yields(ledger.ask(rank(1), 1, now))).containsExactly("j5");
  }

  @Test
  void keepsNothingFreeForAReturnThatMayNeverCome() {
    ask(5, 3);
    assertThat(yields(ask(1, 2))).containsExactly("j5");
    assertThat(granted(ask(6, 1))).isEmpty();
    assertThat(granted(ledger.yieldFailed("j5", 1, now))).containsExactly("j6");
    assertThat(ledger.yieldFailed("j5", 2, now).ignored()).isNotEmpty();
    assertThat(yields(ledger.ask(rank(1), 1, now))).contains("j5");
  }

  @Test
  void countsReturnsAndGrantsInTheirOwnRoundOnly() {
    ask(1, 2);
    assertThat(ledger.giveBack("j1", 0, now).ignored()).contains("round 0 is stale");
    assertThat(granted(ledger.ask(rank(1), 2, now))).containsExactly("j1");
    assertThat(ledger.giveBack("j1", 1, now).ignored()).contains("round 1 is stale");
    assertThat(ledger.view().held()).isEqualTo(2);
    assertThat(ledger.ask(rank(1), 1, now).ignored()).contains("round 1 is stale");
    ledger.running("j1", now);
    assertThat(ledger.giveBack("j1", 2, now).ignored()).contains("runs");
  }

  @Test
  void takesALaterRoundForAReturn() {
    ask(5, 3);
    ask(1, 2);
    assertThat(granted(ledger.ask(rank(5), 2, now))).containsExactly("j1");
    assertThat(ledger.waitOf("j5")).isPresent();
  }

  @Test
  void letsNobodyInWhileItHasFewerSlotsThanAreHeld() {
    run(1, 2);
    run(2, 2);
    assertThat(ledger.resize(1, now).isEmpty()).isTrue();
    ask(3, 1);
    assertThat(granted(end(1))).isEmpty();
    assertThat(ledger.view().free()).isZero();
    assertThat(granted(end(2))).containsExactly("j3");
    assertThat(ledger.capacity()).isEqualTo(1);
  }

  @Test
  void letsNobodyWaitBehindAJobThatIsTooWideNow() {
    run(1, 4);
    ask(2, 3);
    ask(3, 2);
    ledger.resize(2, now);
    assertThat(reason(2)).isEqualTo(SlotWait.Reason.TOO_WIDE);
    assertThat(granted(end(1))).containsExactly("j3");
    ledger.resize(8, now);
    assertThat(ledger.waitOf("j2")).isEmpty();
  }

  @Test
  void grantsNothingWhilePaused() {
    ledger.pause();
    ask(1, 1);
    assertThat(reason(1)).isEqualTo(SlotWait.Reason.PAUSED);
    assertThat(ledger.view().paused()).isTrue();
    assertThat(granted(ledger.resume(now))).containsExactly("j1");
  }

  @Test
  void keepsAJobOutOfTheLineUntilItIsApproved() {
    ledger.declare("j1", GUEST, 4, now);
    ledger.declare("j1", HOST, 0, now);
    ledger.withhold("j1", HOST);
    assertThat(granted(ledger.ask(rank(1), 1, now))).isEmpty();
    assertThat(reason(1)).isEqualTo(SlotWait.Reason.UNAPPROVED);
    assertThat(ledger.view().waiters().get(0).unapproved()).containsExactly(HOST);
    assertThat(granted(run(2, 1))).as("it keeps nobody back").containsExactly("j2");
    assertThat(granted(ledger.approve("j1", HOST, now))).isEmpty();
    assertThat(reason(1)).isEqualTo(SlotWait.Reason.NO_ROOM);
    assertThat(granted(end(2))).containsExactly("j1");
  }

  @Test
  void tellsWhoHoldsSinceWhenAndWhoWaits() {
    ledger.declare("j1", GUEST, 3, 10);
    ledger.ask(rank(1), 1, 11);
    ledger.running("j1", 12);
    ledger.declare("j2", GUEST, 1, 20);
    ledger.ask(rank(2), 1, 21);
    ledger.declare("j3", GUEST, 2, 30);
    ledger.ask(rank(3), 1, 31);
    ledger.ask(rank(3), 1, 41);
    ledger.declare("j4", GUEST, 2, 30);
    ledger.ask(rank(4), 1, 33);
    SlotWait wait = ledger.waitOf("j4").orElseThrow();
    assertThat(wait.ahead()).isEqualTo(1);
    assertThat(wait.firstJob()).isEqualTo("j3");
    assertThat(wait.capacity()).isEqualTo(4);
    assertThat(wait.free()).isZero();
    assertThat(wait.waiter().since()).isEqualTo(33);
    assertThat(wait.holders())
        .containsExactly(
            new SlotView.Holder("j1", 3, true, false, 12),
            new SlotView.Holder("j2", 1, false, false, 21));
    assertThat(ledger.waitOf("j3").orElseThrow().waiter().since()).isEqualTo(31);
    assertThat(ledger.waitOf("j1")).isEmpty();
    assertThat(ledger.waitOf("j9")).isEmpty();
  }

  @Test
  void isRebuiltFromWhatWasStored() {
    ledger.restore(rank(1), GUEST, 2, true, true, 3, 10);
    ledger.restore(rank(1), HOST, 1, true, true, 3, 10);
    ledger.restore(rank(2), GUEST, 2, true, false, 0, 20);
    ledger.restore(rank(3), GUEST, 2, true, false, 1, 30);
    ledger.restore(rank(3), HOST, 1, false, false, 0, 30);
    ledger.restored();
    ledger.restored();
    SlotView view = ledger.view();
    assertThat(view.held()).as("what was granted to a part only does not count").isEqualTo(5);
    assertThat(view.holders())
        .containsExactly(
            new SlotView.Holder("j1", 3, true, false, 10),
            new SlotView.Holder("j2", 2, false, false, 20));
    assertThat(ledger.ask(rank(2), 4, now).grants())
        .as("its round is taken for the one of the grant")
        .containsExactly(new Grant("j2", 4, Map.of(GUEST, 2), 0, true));
    assertThat(granted(ledger.ask(rank(3), 2, now))).isEmpty();
    assertThat(granted(ledger.giveBack("j2", 4, now))).isEmpty();
    ledger.undeclare("j1", GUEST, now);
    assertThat(granted(ledger.undeclare("j1", HOST, now))).isEmpty();
    assertThat(ledger.view().held()).isEqualTo(3);
  }

  @Test
  void staysFastWithManyWhoWait() {
    int waiting = 10_000;
    SlotLedger wide = new SlotLedger(100, waiting);
    for (int i = 0; i < 100; i++) {
      wide.declare("r" + i, GUEST, 1, 0);
      wide.ask(new SlotRank(9, i, "r" + i), 1, 0);
      wide.running("r" + i, 0);
    }
    for (int i = 0; i < waiting; i++) {
      wide.declare("w" + i, GUEST, 2 + i % 64, 0);
      wide.ask(new SlotRank(0, i, "w" + i), 1, 0);
    }
    long begun = System.nanoTime();
    for (int i = 0; i < waiting; i++) {
      assertThat(wide.undeclare("w" + i, GUEST, 1).isEmpty()).isTrue();
      wide.declare("w" + i, GUEST, 2 + i % 64, 1);
      wide.ask(new SlotRank(0, i, "w" + i), 1, 1);
    }
    // Passing all who wait in each operation would take some 10^8 steps per round, minutes in all.
    assertThat(System.nanoTime() - begun).isLessThan(10_000_000_000L);
  }
}
