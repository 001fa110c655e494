package io.fedflow.job;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.failure.Confidential;
import io.fedflow.fakes.Plans;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.job.PartyEvent.JobTold;
import io.fedflow.job.PartyEvent.StartAsked;
import io.fedflow.job.PartyEvent.TaskEnded;
import io.fedflow.job.PartyEvent.TaskTold;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartyMachineTest {

  private static final Traffic CROSSED = new Traffic(1, 2, 3, 4);

  private PartyState state = Plans.created(Plans.diamond(), GUEST);
  private PartyMachine.Turn turn;
  private long now = 10;

  private void apply(PartyEvent event) {
    turn = PartyMachine.apply(state, event, ++now);
    state = turn.next();
  }

  private void running(String... started) {
    apply(new JobTold(JobStatus.WAITING, 0, ""));
    apply(new JobTold(JobStatus.RUNNING, 0, ""));
    for (String component : started) {
      apply(new StartAsked(task(component)));
    }
  }

  private TaskRow row(String component) {
    return state.task(task(component)).orElseThrow();
  }

  private void ignores(PartyEvent event, String why) {
    PartyState before = state;
    apply(event);
    assertThat(turn.ignored()).contains(why);
    assertThat(state).isSameAs(before);
    assertThat(turn.effects()).isEmpty();
  }

  @Test
  void aStartRunsTheTaskOnce() {
    running("a");
    assertThat(turn.effects()).containsExactly(new PartyEffect.RunTask(task("a")));
    assertThat(row("a").status()).isEqualTo(TaskStatus.RUNNING);
    assertThat(row("a").partyStatus()).isEqualTo(TaskStatus.RUNNING);
    assertThat(row("a").startTime()).isEqualTo(now);
    assertThat(row("a").revision()).isEqualTo(2);
    ignores(new StartAsked(task("a")), "RUNNING already");
    ignores(new StartAsked(task("nothing")), "does not run");
    ignores(new StartAsked(new TaskId(Plans.JOB, "nothing", 1)), "does not run");
  }

  @Test
  void notesAreStoredAlsoAfterTheEnd() {
    running();
    long before = state.job().revision();
    apply(new PartyEvent.NotesGiven("first"));
    assertThat(state.job().notes()).isEqualTo("first");
    assertThat(state.job().revision()).isEqualTo(before + 1);
    assertThat(turn.effects()).isEmpty();
    ignores(new PartyEvent.NotesGiven("first"), "say that already");
    apply(new JobTold(JobStatus.FAILED, 0, "enough"));
    apply(new PartyEvent.NotesGiven("second"));
    assertThat(state.job().notes()).isEqualTo("second");
    assertThat(state.job().status()).isEqualTo(JobStatus.FAILED);
    assertThat(state.job().cause()).isEqualTo("enough");
  }

  @Test
  void aStartNeedsACreatedAndLiveJob() {
    ignores(new StartAsked(task("a")), "READY, not RUNNING");
    apply(new JobTold(JobStatus.CANCELED, 0, "enough"));
    ignores(new StartAsked(task("a")), "CANCELED, not RUNNING");
  }

  @Test
  void aStartOfAWaitingJobTellsThatItRuns() {
    apply(new JobTold(JobStatus.WAITING, 0, ""));
    apply(new StartAsked(task("a")));
    assertThat(state.job().status()).isEqualTo(JobStatus.RUNNING);
    assertThat(state.job().startTime()).isEqualTo(now);
    assertThat(turn.effects()).containsExactly(new PartyEffect.RunTask(task("a")));
    ignores(new JobTold(JobStatus.RUNNING, 0, ""), "RUNNING already");
  }

  @Test
  void theEndOfARoundThatNeverBeganHereIsTheEnd() {
    running("a");
    apply(new JobTold(JobStatus.FAILED, 0, "first"));
    apply(new JobTold(2, JobStatus.CANCELED, 0, "second"));
    assertThat(state.job().round()).isEqualTo(2);
    assertThat(state.job().status()).isEqualTo(JobStatus.CANCELED);
    assertThat(state.job().cause()).isEqualTo("second");
    ignores(new JobTold(3, JobStatus.RUNNING, 0, ""), "round 3");
    ignores(new JobTold(1, JobStatus.FAILED, 0, ""), "round 1");
  }

  @Test
  void otherParametersHoldForAttemptsToCome() {
    running("a");
    apply(new TaskEnded(task("a"), TaskStatus.SUCCESS, "", CROSSED));
    apply(new JobTold(JobStatus.FAILED, 0, "broken"));
    Map<String, Object> conf = Map.of("x", 1);
    apply(new PartyEvent.ConfTold(1, 3, conf, Map.of("timeout", 5)));
    assertThat(state.job().conf()).isEqualTo(conf);
    assertThat(state.job().settings()).isEqualTo(Map.of("timeout", 5));
    assertThat(state.job().status()).isEqualTo(JobStatus.FAILED);
    ignores(new PartyEvent.ConfTold(1, 3, Map.of(), Map.of()), "edition 3");
    ignores(new PartyEvent.ConfTold(0, 4, Map.of(), Map.of()), "round 0");
    Map<String, Object> params = Map.of("note", "new");
    apply(new PartyEvent.RerunTold(1, Map.of("a", 1, "b", 0), Map.of("a", params, "b", params)));
    assertThat(row("a").params()).isEmpty();
    assertThat(state.latest("a").orElseThrow().params()).isEqualTo(params);
    assertThat(state.latest("a").orElseThrow().revision()).isEqualTo(1);
    assertThat(row("b").params()).isEqualTo(params);
    assertThat(row("b").revision()).isEqualTo(2);
    ignores(new PartyEvent.ConfTold(1, 4, Map.of(), Map.of()), "round 1");
  }

  @Test
  void anEndIsStoredThenReported() {
    running("a");
    apply(new TaskEnded(task("a"), TaskStatus.SUCCESS, "", CROSSED));
    assertThat(row("a").partyStatus()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(row("a").status()).isEqualTo(TaskStatus.RUNNING);
    assertThat(row("a").traffic()).isEqualTo(CROSSED);
    assertThat(row("a").endTime()).isEqualTo(now);
    assertThat(turn.effects())
        .containsExactly(new PartyEffect.Report(task("a"), TaskStatus.SUCCESS, "", false, CROSSED));
    ignores(new TaskEnded(task("a"), TaskStatus.FAILED, "late", CROSSED), "came late");
    ignores(new TaskEnded(task("x"), TaskStatus.FAILED, "", CROSSED), "does not run");
    ignores(new TaskEnded(task("b"), TaskStatus.SUCCESS, "", CROSSED), "WAITING");
    apply(new TaskTold(task("a"), TaskStatus.SUCCESS, ""));
    assertThat(row("a").status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(turn.effects()).isEmpty();
  }

  @Test
  void anIllEndElsewhereStopsTheOwnPart() {
    running("a");
    apply(new TaskTold(task("a"), TaskStatus.FAILED, "host:2 a: broke"));
    assertThat(row("a").status()).isEqualTo(TaskStatus.FAILED);
    assertThat(row("a").partyStatus()).isEqualTo(TaskStatus.FAILED);
    assertThat(row("a").cause()).isEqualTo("host:2 a: broke");
    assertThat(turn.effects())
        .containsExactly(new PartyEffect.StopTask(task("a"), "host:2 a: broke"));
    ignores(new TaskEnded(task("a"), TaskStatus.CANCELED, "stopped", CROSSED), "came late");
    ignores(new TaskTold(task("a"), TaskStatus.SUCCESS, ""), "cannot move from FAILED");
  }

  @Test
  void anIllEndElsewhereKeepsAPartFromStarting() {
    running();
    apply(new TaskTold(task("a"), TaskStatus.FAILED, "host:2 a: broke"));
    assertThat(row("a").status()).isEqualTo(TaskStatus.FAILED);
    assertThat(row("a").partyStatus()).isEqualTo(TaskStatus.CANCELED);
    assertThat(row("a").cause()).isEqualTo("host:2 a: broke");
    ignores(new StartAsked(task("a")), "CANCELED already");
  }

  @Test
  void anIllEndAfterTheOwnEndKeepsTheOwnCause() {
    running("a");
    apply(new TaskEnded(task("a"), TaskStatus.FAILED, "guest:1 a: broke", CROSSED));
    apply(new TaskTold(task("a"), TaskStatus.FAILED, "host:2 a: broke"));
    assertThat(row("a").cause()).isEqualTo("guest:1 a: broke");
    assertThat(turn.effects()).isEmpty();
  }

  @Test
  void theEndOfTheJobStopsWhatRunsAndForgets() {
    running("a");
    apply(new TaskEnded(task("a"), TaskStatus.SUCCESS, "", CROSSED));
    apply(new StartAsked(task("b")));
    apply(new StartAsked(task("c")));
    apply(new JobTold(JobStatus.CANCELED, 30, "stopped by me"));
    assertThat(state.job().status()).isEqualTo(JobStatus.CANCELED);
    assertThat(state.job().cause()).isEqualTo("stopped by me");
    assertThat(state.job().endTime()).isEqualTo(now);
    assertThat(row("a").partyStatus()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(row("b").partyStatus()).isEqualTo(TaskStatus.CANCELED);
    assertThat(row("d").partyStatus()).isEqualTo(TaskStatus.WAITING);
    assertThat(turn.effects())
        .containsExactly(
            new PartyEffect.StopTask(task("b"), "stopped by me"),
            new PartyEffect.StopTask(task("c"), "stopped by me"),
            new PartyEffect.Forget());
    ignores(new JobTold(JobStatus.CANCELED, 90, ""), "CANCELED already");
    ignores(new JobTold(JobStatus.SUCCESS, 100, ""), "cannot move");
  }

  @Test
  void progressOnlyGrows() {
    running();
    apply(new JobTold(JobStatus.RUNNING, 40, ""));
    assertThat(state.job().progress()).isEqualTo(40);
    ignores(new JobTold(JobStatus.RUNNING, 40, ""), "already");
    ignores(new JobTold(JobStatus.RUNNING, 10, ""), "already");
    apply(new JobTold(JobStatus.SUCCESS, 100, ""));
    assertThat(state.job().progress()).isEqualTo(100);
    assertThat(turn.effects()).containsExactly(new PartyEffect.Forget());
  }

  @Test
  void theJobsEnd_hasTheDetailsOfThisPartysOwnTask() {
    running("a");
    String own = "guest:1 a: " + Confidential.mark("column x0") + " [features.missing]";
    apply(new TaskEnded(task("a"), TaskStatus.FAILED, own, CROSSED));
    apply(new JobTold(JobStatus.FAILED, 0, Confidential.leaveOut(own)));
    assertThat(state.job().cause()).isEqualTo(own);
  }

  @Test
  void theJobsEnd_isAsTold_whereAnotherPartyFailed() {
    running("a");
    String told = Confidential.leaveOut("host:2 a: " + Confidential.mark("column x0") + " [b]");
    apply(new JobTold(JobStatus.FAILED, 0, told));
    assertThat(state.job().cause()).isEqualTo(told);
  }

  @Test
  void aTaskThatEndedWellHere_saysWhyItFailedElsewhere() {
    running("a");
    apply(new TaskEnded(task("a"), TaskStatus.SUCCESS, "", CROSSED));
    apply(new TaskTold(task("a"), TaskStatus.FAILED, "host:2 a: lost"));
    assertThat(row("a").partyStatus()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(row("a").status()).isEqualTo(TaskStatus.FAILED);
    assertThat(row("a").cause()).isEqualTo("host:2 a: lost");
  }

  @Test
  void aTaskThatFailedHere_keepsItsOwnCause() {
    running("a");
    apply(new TaskEnded(task("a"), TaskStatus.FAILED, "guest:1 a: own", CROSSED));
    apply(new TaskTold(task("a"), TaskStatus.FAILED, "host:2 a: lost"));
    assertThat(row("a").cause()).isEqualTo("guest:1 a: own");
  }
}
