package io.fedflow.job;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.JOB;
import static io.fedflow.fakes.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.fakes.Plans;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.job.PartyEvent.JobTold;
import io.fedflow.job.PartyEvent.PrepareAsked;
import io.fedflow.job.PartyEvent.StartAsked;
import io.fedflow.job.PartyEvent.TaskEnded;
import io.fedflow.job.PartyEvent.TaskLost;
import io.fedflow.job.PartyEvent.TaskTold;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One party's attempts of a task: at most one of them lives. */
class PartyAttemptsTest {

  private static final Traffic NONE = new Traffic(0, 0, 0, 0);
  private static final TaskId NEXT = new TaskId(JOB, "a", 1);

  private PartyState state = Plans.created(Plans.diamond(), GUEST);
  private PartyMachine.Turn turn;
  private long now = 10;

  @BeforeEach
  void run() {
    apply(new JobTold(JobStatus.WAITING, 0, ""));
    apply(new JobTold(JobStatus.RUNNING, 0, ""));
    apply(new StartAsked(task("a")));
  }

  private void apply(PartyEvent event) {
    turn = PartyMachine.apply(state, event, ++now);
    state = turn.next();
  }

  private TaskRow row(TaskId id) {
    return state.task(id).orElseThrow();
  }

  private void fail() {
    apply(new TaskTold(task("a"), TaskStatus.FAILED, "host:2 broke"));
  }

  @Test
  void anAnnouncedAttemptWaitsAndIsStartedLater() {
    fail();
    apply(new PrepareAsked(NEXT));
    assertThat(row(NEXT).partyStatus()).isEqualTo(TaskStatus.WAITING);
    assertThat(row(NEXT).params()).isEqualTo(row(task("a")).params());
    assertThat(row(NEXT).revision()).isEqualTo(1);
    assertThat(turn.effects()).isEmpty();
    apply(new PrepareAsked(NEXT));
    assertThat(turn.ignored()).contains("known already");
    apply(new StartAsked(NEXT));
    assertThat(row(NEXT).partyStatus()).isEqualTo(TaskStatus.RUNNING);
    assertThat(row(NEXT).revision()).isEqualTo(2);
    assertThat(turn.effects()).containsExactly(new PartyEffect.RunTask(NEXT));
    assertThat(row(task("a")).partyStatus()).isEqualTo(TaskStatus.FAILED);
  }

  @Test
  void aStartDoesWithoutTheAnnouncement() {
    fail();
    apply(new StartAsked(NEXT));
    assertThat(row(NEXT).partyStatus()).isEqualTo(TaskStatus.RUNNING);
    assertThat(row(NEXT).startTime()).isEqualTo(now);
    assertThat(row(NEXT).revision()).isEqualTo(1);
    apply(new StartAsked(NEXT));
    assertThat(turn.ignored()).contains("RUNNING already");
    apply(new StartAsked(task("a")));
    assertThat(turn.ignored()).contains("stale; current is version 1");
    apply(new PrepareAsked(task("a")));
    assertThat(turn.ignored()).contains("stale");
  }

  @Test
  void aNewAttemptEndsTheOneBefore() {
    apply(new StartAsked(NEXT));
    assertThat(row(task("a")).partyStatus()).isEqualTo(TaskStatus.CANCELED);
    assertThat(turn.effects())
        .containsExactly(
            new PartyEffect.StopTask(task("a"), "attempt 1 took its place"),
            new PartyEffect.RunTask(NEXT));
    TaskId third = new TaskId(JOB, "a", 2);
    apply(new PrepareAsked(third));
    apply(new PrepareAsked(new TaskId(JOB, "a", 3)));
    assertThat(row(third).partyStatus()).isEqualTo(TaskStatus.CANCELED);
    assertThat(turn.effects()).isEmpty();
    apply(new TaskEnded(task("a"), TaskStatus.SUCCESS, "", NONE));
    assertThat(turn.ignored()).contains("came late");
  }

  @Test
  void aLostPartIsReportedAsLost() {
    apply(new TaskLost(task("a"), "its server stopped"));
    assertThat(row(task("a")).partyStatus()).isEqualTo(TaskStatus.FAILED);
    assertThat(row(task("a")).lost()).isTrue();
    PartyEffect report =
        new PartyEffect.Report(task("a"), TaskStatus.FAILED, "its server stopped", true, NONE);
    assertThat(turn.effects()).containsExactly(report);
    assertThat(Implied.of(state)).containsExactly(report);
    apply(new TaskLost(task("a"), "again"));
    assertThat(turn.ignored()).contains("does not run here");
    apply(new TaskLost(task("b"), "never ran"));
    assertThat(turn.ignored()).contains("does not run here");
  }

  @Test
  void aStartOfWhatEndedIsAnsweredByItsReportUntilTheCoordinatorKnows() {
    apply(new TaskEnded(task("a"), TaskStatus.SUCCESS, "", NONE));
    PartyEffect report = new PartyEffect.Report(task("a"), TaskStatus.SUCCESS, "", false, NONE);
    apply(new StartAsked(task("a")));
    assertThat(turn.ignored()).contains("SUCCESS already");
    assertThat(turn.effects()).containsExactly(report);
    assertThat(Implied.of(state)).containsExactly(report);
    apply(new TaskTold(task("a"), TaskStatus.SUCCESS, ""));
    apply(new StartAsked(task("a")));
    assertThat(turn.effects()).isEmpty();
    assertThat(Implied.of(state)).isEmpty();
  }

  @Test
  void noAttemptBeginsAfterTheEndOfTheJob() {
    apply(new JobTold(JobStatus.FAILED, 0, "over"));
    apply(new PrepareAsked(NEXT));
    assertThat(turn.ignored()).contains("FAILED, not RUNNING");
    apply(new StartAsked(NEXT));
    assertThat(turn.ignored()).contains("FAILED, not RUNNING");
    assertThat(state.task(NEXT)).isEmpty();
  }

  @Test
  void anEndThatComesBeforeItsAnnouncementKeepsTheAttemptFromStarting() {
    apply(new TaskTold(NEXT, TaskStatus.CANCELED, "stopped"));
    assertThat(row(NEXT).status()).isEqualTo(TaskStatus.CANCELED);
    assertThat(row(NEXT).partyStatus()).isEqualTo(TaskStatus.CANCELED);
    assertThat(row(NEXT).revision()).isEqualTo(1);
    assertThat(row(task("a")).partyStatus()).isEqualTo(TaskStatus.CANCELED);
    apply(new PrepareAsked(NEXT));
    assertThat(turn.ignored()).contains("known already");
    apply(new StartAsked(NEXT));
    assertThat(turn.ignored()).contains("CANCELED already");
    apply(new TaskTold(new TaskId(JOB, "a", 2), TaskStatus.SUCCESS, ""));
    assertThat(turn.ignored()).contains("does not run");
  }

  @Test
  void wordsInBetweenMayBeMissed() {
    state = Plans.created(Plans.diamond(), GUEST);
    apply(new JobTold(JobStatus.RUNNING, 0, ""));
    assertThat(state.job().status()).isEqualTo(JobStatus.RUNNING);
    state = Plans.created(Plans.diamond(), GUEST);
    apply(new JobTold(JobStatus.SUCCESS, 100, ""));
    assertThat(state.job().status()).isEqualTo(JobStatus.SUCCESS);
  }
}
