package io.fedflow.job;

import io.fedflow.dsl.JobPlan;
import io.fedflow.queue.SlotDecision;
import io.fedflow.queue.SlotLedger;
import io.fedflow.queue.SlotRank;
import io.fedflow.queue.SlotView;
import io.fedflow.queue.SlotWait;
import io.fedflow.spi.Signal;
import io.fedflow.spi.Telemetry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * The slots of a site and the jobs that get them: keeps the ledger in step with what is stored, and
 * lets the jobs know what it decided. Thread-safe; never blocks.
 */
public final class SlotDesk {

  private final SlotLedger ledger;
  private final InstantSource clock;
  private final Telemetry telemetry;
  private final Function<String, JobShell> shells;

  /**
   * A desk over a ledger.
   *
   * @param telemetry is told of grants
   * @param shells finds a live job; null for one that is not
   */
  SlotDesk(
      SlotLedger ledger,
      InstantSource clock,
      Telemetry telemetry,
      Function<String, JobShell> shells) {
    this.ledger = ledger;
    this.clock = clock;
    this.telemetry = telemetry;
    this.shells = shells;
  }

  /**
   * What a party needs for a job: one slot for each of its tasks that may run at once.
   *
   * @param plan null if the job's documents no longer plan; then what is held counts
   */
  static int demand(JobPlan plan, JobRow row) {
    if (plan == null || row.slotRound() > 0) {
      return row.slots();
    }
    long tasks = plan.tasks().stream().filter(task -> task.runsAt(row.party())).count();
    return (int) Math.min(tasks, plan.settings().taskParallelism());
  }

  static SlotRank rank(JobPlan plan, JobRow row) {
    int priority = plan == null ? 0 : plan.settings().priority();
    return new SlotRank(priority, row.createTime(), row.jobId());
  }

  /**
   * A party's view is about to become live.
   *
   * @throws io.fedflow.failure.FedflowException if the site cannot take it; see {@link
   *     SlotLedger#declare}
   */
  void begins(JobPlan plan, JobRow row) {
    ledger.declare(row.jobId(), row.party(), demand(plan, row), clock.millis());
    withhold(row);
  }

  private void withhold(JobRow row) {
    if (row.unapproved()) {
      ledger.withhold(row.jobId(), row.party());
    }
  }

  /** A party approved the job. */
  void approved(JobRow row) {
    act(ledger.approve(row.jobId(), row.party(), clock.millis()));
  }

  /** The same for a view that goes on in another round, whose last one may not have ended here. */
  void beginsAgain(JobPlan plan, JobRow row) {
    act(ledger.undeclare(row.jobId(), row.party(), clock.millis()));
    begins(plan, row);
  }

  /** Takes over a party's stored view of a job that is not over. */
  void restore(JobPlan plan, JobRow row) {
    ledger.restore(
        rank(plan, row),
        row.party(),
        demand(plan, row),
        row.slotRound() > 0,
        row.status() == JobStatus.RUNNING,
        row.slotRound(),
        row.updateTime());
    withhold(row);
  }

  /** Ends the restoring. */
  void restored() {
    ledger.restored();
  }

  /** Asks for the slots of a job; what it gets is not told to it, but returned. */
  Optional<SlotDecision.Grant> ask(SlotRank rank, int askRound) {
    SlotDecision decision = ledger.ask(rank, askRound, clock.millis());
    Optional<SlotDecision.Grant> own =
        decision.grants().stream().filter(grant -> grant.jobId().equals(rank.jobId())).findFirst();
    decision.grants().stream()
        .filter(grant -> !grant.jobId().equals(rank.jobId()))
        .forEach(this::give);
    decision.yields().forEach(this::ask);
    own.ifPresent(this::signal);
    return own;
  }

  /** Whether a job holds the slots of a time of asking. */
  boolean holds(String jobId, int askRound) {
    return ledger.holds(jobId, askRound);
  }

  void returned(String jobId, int askRound) {
    act(ledger.giveBack(jobId, askRound, clock.millis()));
  }

  void yieldFailed(String jobId, int askRound) {
    act(ledger.yieldFailed(jobId, askRound, clock.millis()));
  }

  /** A party's view was stored as it is now. */
  void stored(JobRow row) {
    if (row.status().terminal()) {
      act(ledger.undeclare(row.jobId(), row.party(), clock.millis()));
    } else if (row.status() == JobStatus.RUNNING) {
      act(ledger.running(row.jobId(), clock.millis()));
    }
  }

  /** A job is not live at this site any more, whatever is stored. */
  void gone(String jobId) {
    act(ledger.forget(jobId, clock.millis()));
  }

  /** Lets no further job run here; who runs goes on. */
  public void pause() {
    ledger.pause();
  }

  /** Lets jobs run again; again is without effect. */
  public void resume() {
    act(ledger.resume(clock.millis()));
  }

  /**
   * Gives the site another number of slots; see {@link SlotLedger#resize}.
   *
   * @throws IllegalArgumentException below 1
   */
  public void resize(int slots) {
    act(ledger.resize(slots, clock.millis()));
  }

  /** Everything at one moment. */
  public SlotView view() {
    return ledger.view();
  }

  /** Why a job waits for slots here; empty if it does not. */
  Optional<SlotWait> waitOf(String jobId) {
    return ledger.waitOf(jobId);
  }

  private void act(SlotDecision decision) {
    decision.grants().forEach(this::give);
    decision.yields().forEach(this::ask);
  }

  private void give(SlotDecision.Grant grant) {
    JobShell shell = shells.apply(grant.jobId());
    if (shell != null) {
      shell.slots().given(grant);
    }
    signal(grant);
  }

  private void signal(SlotDecision.Grant grant) {
    if (!grant.again()) {
      int slots = grant.slots().values().stream().mapToInt(Integer::intValue).sum();
      telemetry.signal(new Signal.SlotsGranted(grant.jobId(), slots, grant.waitedMillis()));
    }
  }

  private void ask(SlotDecision.Yield yield) {
    JobShell shell = shells.apply(yield.jobId());
    if (shell != null) {
      shell.slots().yieldWanted(yield.round());
    }
  }
}
