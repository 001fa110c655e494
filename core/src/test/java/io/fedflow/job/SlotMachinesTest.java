package io.fedflow.job;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static io.fedflow.fakes.Plans.JOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.dsl.JobPlan;
import io.fedflow.fakes.Plans;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** How a job comes to its slots, at a party and at the coordinator. */
class SlotMachinesTest {

  private JobPlan plan = Plans.diamond();
  private PartyState state = Plans.created(plan, GUEST);
  private PartyMachine.Turn turn;
  private CoordinationRow row = CoordinatorMachine.begin(JOB, plan, 1);
  private CoordinatorMachine.Turn decided;

  private void party(PartyEvent event) {
    turn = PartyMachine.apply(state, event, 9);
    state = turn.next();
  }

  private void refused(PartyEvent event, String why) {
    PartyState before = state;
    party(event);
    assertThat(turn.ignored()).contains(why);
    assertThat(state).isSameAs(before);
  }

  private void slots(JobStatus status, int slots, int askRound) {
    assertThat(turn.ignored()).isEmpty();
    assertThat(state.job().status()).isEqualTo(status);
    assertThat(state.job().slots()).isEqualTo(slots);
    assertThat(state.job().slotRound()).isEqualTo(askRound);
  }

  private static PartyEvent asked(int askRound, int... slots) {
    return new PartyEvent.SlotsAsked(
        0, askRound, slots.length == 0 ? OptionalInt.empty() : OptionalInt.of(slots[0]));
  }

  @Test
  void whatIsAskedForMayBeGrantedAtOnceInOneRevision() {
    party(asked(1, 2));
    slots(JobStatus.WAITING, 2, 1);
    assertThat(state.job().revision()).isEqualTo(2);
    refused(asked(1, 2), "WAITING already");
  }

  @Test
  void whatIsNotFreeIsGrantedLater() {
    party(asked(1));
    slots(JobStatus.WAITING, 0, 0);
    refused(asked(1), "WAITING already");
    party(new PartyEvent.SlotsHeld(1, 2));
    slots(JobStatus.WAITING, 2, 1);
    refused(new PartyEvent.SlotsHeld(1, 2), "held already");
  }

  @Test
  void whatIsReturnedMayBeGrantedInALaterRoundOnly() {
    party(asked(1, 2));
    refused(new PartyEvent.SlotsReturned(0), "no slots of round 0");
    party(new PartyEvent.SlotsReturned(1));
    slots(JobStatus.WAITING, 0, 0);
    refused(new PartyEvent.SlotsReturned(1), "no slots of round 1");
    party(asked(2, 2));
    slots(JobStatus.WAITING, 2, 2);
    refused(new PartyEvent.SlotsReturned(1), "no slots of round 1");
  }

  @Test
  void aRunningJobKeepsItsSlotsUntilItsEnd() {
    party(asked(1, 2));
    party(new PartyEvent.JobTold(JobStatus.RUNNING, 0, ""));
    slots(JobStatus.RUNNING, 2, 1);
    refused(new PartyEvent.SlotsReturned(1), "RUNNING, not WAITING");
    refused(new PartyEvent.SlotsHeld(2, 2), "RUNNING, not WAITING");
    refused(asked(2, 2), "RUNNING, not WAITING");
    party(new PartyEvent.JobTold(JobStatus.SUCCESS, 100, ""));
    slots(JobStatus.SUCCESS, 0, 0);
    party(new PartyEvent.RerunTold(1, Map.of()));
    slots(JobStatus.WAITING, 0, 0);
    refused(asked(2, 2), "round 0 is stale");
  }

  @Test
  void aPartyThatCouldNotRunAgainHearsOfTheEnd() {
    party(new PartyEvent.JobTold(JobStatus.CANCELED, 0, "enough"));
    party(new PartyEvent.JobTold(1, JobStatus.FAILED, 0, "host:2 cannot run the job again"));
    slots(JobStatus.FAILED, 0, 0);
    assertThat(state.job().round()).isEqualTo(1);
    assertThat(state.job().revision()).isEqualTo(3);
    assertThat(state.job().cause()).contains("cannot run the job again");
    refused(new PartyEvent.JobTold(2, JobStatus.RUNNING, 0, ""), "round 2 is stale");
  }

  @Test
  void aStartWithoutAFreeSlotAsksForTheEndThatWasMissed() {
    party(asked(1, 1));
    party(new PartyEvent.JobTold(JobStatus.RUNNING, 0, ""));
    party(new PartyEvent.StartAsked(Plans.task("a")));
    refused(new PartyEvent.StartAsked(Plans.task("b")), "all 1 slots are in use");
    assertThat(turn.effects()).containsExactly(new PartyEffect.Align());
    party(new PartyEvent.TaskTold(Plans.task("a"), TaskStatus.FAILED, "host:2 broke"));
    party(new PartyEvent.StartAsked(Plans.task("b")));
    assertThat(turn.effects()).containsExactly(new PartyEffect.RunTask(Plans.task("b")));
  }

  private void coordinator(CoordinatorEvent event) {
    decided = CoordinatorMachine.apply(row, plan, event, 9);
    row = decided.next();
  }

  private void created() {
    coordinator(new CoordinatorEvent.CreateAnswered(GUEST, ""));
    coordinator(new CoordinatorEvent.CreateAnswered(HOST, ""));
    assertThat(decided.effects()).containsExactly(new CoordinatorEffect.AskSlots());
    assertThat(row.askRound()).isEqualTo(1);
  }

  @Test
  void aJobThatYieldsReturnsItsSlotsAndAsksAgain() {
    coordinator(new CoordinatorEvent.YieldAsked(1));
    assertThat(decided.ignored()).contains("not WAITING everywhere");
    created();
    coordinator(new CoordinatorEvent.YieldAsked(1));
    PartyCommand back = new PartyCommand.ReturnSlots(JOB, 1);
    assertThat(decided.effects())
        .containsExactly(
            new CoordinatorEffect.Command(GUEST, back),
            new CoordinatorEffect.Command(HOST, back),
            new CoordinatorEffect.AskSlots());
    assertThat(row.askRound()).isEqualTo(2);
    assertThat(row.status()).isEqualTo(JobStatus.WAITING);
    coordinator(new CoordinatorEvent.YieldAsked(1));
    assertThat(decided.ignored()).contains("round 1 of slots is stale; current is 2");
    coordinator(new CoordinatorEvent.Admitted(1));
    assertThat(decided.ignored()).contains("round 1 of slots is stale; current is 2");
    coordinator(new CoordinatorEvent.Admitted(2));
    assertThat(row.status()).isEqualTo(JobStatus.RUNNING);
    coordinator(new CoordinatorEvent.YieldAsked(2));
    assertThat(decided.ignored()).contains("job is RUNNING");
  }

  @Test
  void aRerunCountsNoGrantOfTheRunBefore() {
    created();
    coordinator(new CoordinatorEvent.StopAsked(JobStatus.CANCELED, "enough"));
    coordinator(new CoordinatorEvent.RerunAsked(List.of(), false, 0));
    assertThat(row.askRound()).isEqualTo(2);
  }

  @Test
  void noMoreTasksRunThanTheJobHasSlotsFor() {
    plan = Plans.diamond("task_parallelism", 1);
    row = CoordinatorMachine.begin(JOB, plan, 1);
    created();
    coordinator(new CoordinatorEvent.Admitted(1));
    List<String> order = new java.util.ArrayList<>();
    while (row.status() == JobStatus.RUNNING) {
      List<String> running =
          row.tasks().stream()
              .filter(task -> task.status() == TaskStatus.RUNNING)
              .map(CoordinationRow.HeldTask::component)
              .toList();
      assertThat(running).hasSize(1);
      order.addAll(running);
      for (var party : List.of(GUEST, HOST)) {
        coordinator(
            new CoordinatorEvent.TaskReported(
                Plans.task(running.get(0)), party, TaskStatus.SUCCESS, "", false));
      }
    }
    assertThat(row.status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(order).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aRetryThatIsDueWaitsForAFreeSlotWithoutAnAlarm() {
    plan =
        Plans.plan(
            independent(
                Plans.two()
                    .jobParameter("task_parallelism", 1)
                    .jobParameter("auto_retries", 1)
                    .jobParameter("auto_retry_delay", 5)));
    row = CoordinatorMachine.begin(JOB, plan, 1);
    created();
    coordinator(new CoordinatorEvent.Admitted(1));
    coordinator(
        new CoordinatorEvent.TaskReported(
            Plans.task("a"), GUEST, TaskStatus.FAILED, "broke", false));
    // b took the slot; only the timeout of the job is due by itself.
    assertThat(row.tasks().get(1).status()).isEqualTo(TaskStatus.RUNNING);
    assertThat(Deadlines.next(row, plan)).hasValue(Deadlines.job(9, plan.settings()));
  }

  private static io.fedflow.pipeline.Pipeline independent(io.fedflow.pipeline.Pipeline pipeline) {
    pipeline.add("a", "Step");
    pipeline.add("b", "Step");
    return pipeline;
  }
}
