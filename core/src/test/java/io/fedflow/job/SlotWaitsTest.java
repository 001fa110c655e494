package io.fedflow.job;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.job.Wait.Cause;
import io.fedflow.queue.SlotLedger;
import io.fedflow.queue.SlotRank;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The words for every reason of a ledger. */
class SlotWaitsTest {

  private final SlotLedger ledger = new SlotLedger(4, 100);

  private void ask(String jobId, int slots, long now) {
    ledger.declare(jobId, GUEST, slots, now);
    ledger.ask(new SlotRank(0, now, jobId), 1, now);
  }

  private Wait explained(String jobId) {
    List<Wait> waits = SlotWaits.of(ledger.waitOf(jobId).orElseThrow(), GUEST);
    assertThat(waits).hasSize(1);
    assertThat(waits.get(0).jobId()).isEqualTo(jobId);
    return waits.get(0);
  }

  @Test
  void holdersAreNamed() {
    ask("a", 3, 1);
    ask("b", 2, 2);
    Wait wait = explained("b");
    assertThat(wait.cause()).isEqualTo(Cause.NO_SLOTS);
    assertThat(wait.since()).isEqualTo(2);
    assertThat(wait.text())
        .isEqualTo(
            "asks for 2 slots at the site of guest:1; 1 of 4 are free, held by a (3); 0 jobs come"
                + " before it");
  }

  @Test
  void tooManyHoldersAreCounted() {
    SlotLedger wide = new SlotLedger(20, 100);
    for (int i = 0; i < 20; i++) {
      wide.declare("j" + i, GUEST, 1, i);
      wide.ask(new SlotRank(0, i, "j" + i), 1, i);
    }
    wide.declare("last", GUEST, 1, 99);
    wide.ask(new SlotRank(0, 99, "last"), 1, 99);
    assertThat(SlotWaits.of(wide.waitOf("last").orElseThrow(), GUEST).get(0).text())
        .contains("j0 (1), ")
        .contains("j7 (1) and 12 more;")
        .doesNotContain("j8");
  }

  @Test
  void aPausedSiteAndAMissingApprovalAreToldApart() {
    ledger.pause();
    ask("a", 1, 5);
    assertThat(explained("a").cause()).isEqualTo(Cause.PAUSED);
    ledger.declare("b", HOST, 1, 6);
    ledger.withhold("b", HOST);
    ledger.ask(new SlotRank(0, 6, "b"), 1, 6);
    Wait wait = explained("b");
    assertThat(wait.cause()).isEqualTo(Cause.APPROVAL_PENDING);
    assertThat(wait.party()).isEqualTo(HOST);
    assertThat(wait.since()).isEqualTo(6);
    assertThat(wait.remedy()).contains("approve");
  }

  @Test
  void aSiteThatBecameTooSmallIsNamed() {
    ask("a", 4, 1);
    ask("b", 3, 2);
    ledger.resize(2, 3);
    Wait wait = explained("b");
    assertThat(wait.cause()).isEqualTo(Cause.NO_SLOTS);
    assertThat(wait.text()).contains("asks for 3 slots").contains("which has 2");
    assertThat(wait.remedy()).contains("task_parallelism");
  }

  @Test
  void slotsThatAreKeptForAnotherJobAreNamed() {
    ask("long", 3, 1);
    ledger.running("long", 1);
    ask("first", 4, 2);
    for (int i = 0; i < SlotLedger.MOST_PASSED; i++) {
      ask("p" + i, 1, 10 + i);
      ledger.running("p" + i, 10 + i);
      ledger.undeclare("p" + i, GUEST, 10 + i);
    }
    ask("late", 1, 900);
    Wait wait = explained("late");
    assertThat(wait.cause()).isEqualTo(Cause.NO_SLOTS);
    assertThat(wait.text()).contains("are kept for job first");
    assertThat(wait.remedy()).contains("job first");
  }
}
