package io.fedflow.job;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static io.fedflow.fakes.Plans.JOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.dsl.JobPlan;
import io.fedflow.fakes.Plans;
import io.fedflow.job.CoordinationRow.HeldTask;
import io.fedflow.job.PartyCommand.PrepareTask;
import io.fedflow.job.PartyCommand.StartTask;
import io.fedflow.job.PartyCommand.TellTaskStatus;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which attempts follow those that ended other than well, and what is due by itself. */
class CoordinatorRetryTest {

  private static final long DELAY = 5_000;

  private JobPlan plan;
  private CoordinationRow row;
  private CoordinatorMachine.Turn turn;
  private long now = 1_000_000;

  private void running(Pipeline pipeline) {
    pipeline.add("a", "Step");
    pipeline.add("b", "Step");
    pipeline.add("c", "Step").data("a");
    plan = Plans.plan(pipeline);
    row = CoordinatorMachine.begin(JOB, plan, now);
    apply(new CoordinatorEvent.CreateAnswered(GUEST, ""));
    apply(new CoordinatorEvent.CreateAnswered(HOST, ""));
    apply(new CoordinatorEvent.Admitted(1));
  }

  private void retrying() {
    running(Plans.two().jobParameter("auto_retries", 2).jobParameter("auto_retry_delay", 5));
  }

  private void apply(CoordinatorEvent event) {
    turn = CoordinatorMachine.apply(row, plan, event, now);
    row = turn.next();
  }

  private void pass(long millis) {
    now += millis;
    apply(new CoordinatorEvent.TimePassed());
  }

  private static TaskId attempt(String component, int version) {
    return new TaskId(JOB, component, version);
  }

  private void report(TaskId task, Party party, TaskStatus status) {
    apply(new CoordinatorEvent.TaskReported(task, party, status, party + " broke", false));
  }

  private void lose(TaskId task, Party party) {
    apply(new CoordinatorEvent.TaskReported(task, party, TaskStatus.FAILED, "gone", true));
  }

  private HeldTask held(String component) {
    return row.tasks().get(plan.graph().indexOf(component));
  }

  private List<PartyCommand> sentTo(Party party) {
    return turn.effects().stream()
        .filter(CoordinatorEffect.Command.class::isInstance)
        .map(CoordinatorEffect.Command.class::cast)
        .filter(command -> command.to().equals(party))
        .map(CoordinatorEffect.Command::command)
        .toList();
  }

  @Test
  void aFailedAttemptIsFollowedByAnotherAfterTheDelay() {
    retrying();
    report(attempt("a", 0), HOST, TaskStatus.FAILED);
    assertThat(row.status()).isEqualTo(JobStatus.RUNNING);
    assertThat(sentTo(GUEST))
        .containsExactly(
            new TellTaskStatus(attempt("a", 0), TaskStatus.FAILED, "host:2 broke"),
            new PrepareTask(attempt("a", 1)));
    assertThat(held("a").retries()).isEqualTo(1);
    assertThat(held("a").notBefore()).isEqualTo(now + DELAY);
    assertThat(held("b").status()).isEqualTo(TaskStatus.RUNNING);
    assertThat(Deadlines.next(row, plan)).hasValue(now + DELAY);
    pass(DELAY - 1);
    assertThat(turn.ignored()).contains("nothing is due yet");
    now += 1;
    assertThat(Deadlines.next(row, plan)).as("a retry that is due is not forgotten").hasValue(now);
    pass(0);
    assertThat(sentTo(GUEST)).containsExactly(new StartTask(attempt("a", 1)));
    assertThat(held("a").startTime()).isEqualTo(now);
    report(attempt("a", 0), GUEST, TaskStatus.SUCCESS);
    assertThat(turn.ignored()).contains("version 0 is stale; current is 1");
    for (Party party : List.of(GUEST, HOST)) {
      report(attempt("a", 1), party, TaskStatus.SUCCESS);
    }
    assertThat(sentTo(HOST)).contains(new StartTask(attempt("c", 0)));
  }

  @Test
  void withoutRetriesLeftTheJobFails() {
    retrying();
    for (int version = 0; version <= 2; version++) {
      pass(DELAY);
      report(attempt("a", version), GUEST, TaskStatus.FAILED);
    }
    assertThat(row.status()).isEqualTo(JobStatus.FAILED);
    assertThat(row.cause()).isEqualTo("guest:1 broke; after 2 retries");
    assertThat(held("b").status()).isEqualTo(TaskStatus.CANCELED);
    assertThat(Deadlines.next(row, plan)).isEmpty();
  }

  @Test
  void aCanceledAttemptIsNotRetried() {
    retrying();
    report(attempt("a", 0), GUEST, TaskStatus.CANCELED);
    assertThat(row.status()).isEqualTo(JobStatus.CANCELED);
  }

  @Test
  void aLostAttemptStartsAgainAtOnceAndForFree() {
    retrying();
    report(attempt("a", 0), GUEST, TaskStatus.SUCCESS);
    lose(attempt("a", 0), HOST);
    assertThat(sentTo(GUEST))
        .containsExactly(
            new TellTaskStatus(attempt("a", 0), TaskStatus.FAILED, "gone"),
            new PrepareTask(attempt("a", 1)),
            new StartTask(attempt("a", 1)));
    assertThat(held("a").retries()).isZero();
    assertThat(held("a").restarts()).isEqualTo(1);
    lose(attempt("a", 0), GUEST);
    assertThat(turn.ignored()).contains("stale");
  }

  @Test
  void aSiteThatStartedAgainLostAllThatRunsWithIt() {
    retrying();
    report(attempt("b", 0), HOST, TaskStatus.SUCCESS);
    apply(new CoordinatorEvent.SiteRestarted(List.of(HOST)));
    assertThat(held("a").version()).isEqualTo(1);
    assertThat(held("b").version()).isZero();
    assertThat(sentTo(GUEST)).contains(new StartTask(attempt("a", 1)));
    for (Party party : List.of(GUEST, HOST)) {
      report(attempt("a", 1), party, TaskStatus.SUCCESS);
    }
    report(attempt("c", 0), HOST, TaskStatus.SUCCESS);
    apply(new CoordinatorEvent.SiteRestarted(List.of(HOST)));
    assertThat(turn.ignored()).contains("nothing runs there");
  }

  @Test
  void whatIsLostElevenTimesInARowFails() {
    retrying();
    for (int version = 0; version < Retries.MOST_RESTARTS; version++) {
      lose(attempt("a", version), HOST);
      assertThat(row.status()).isEqualTo(JobStatus.RUNNING);
    }
    lose(attempt("a", Retries.MOST_RESTARTS), HOST);
    assertThat(row.status()).isEqualTo(JobStatus.FAILED);
    assertThat(row.cause()).isEqualTo("gone; lost 11 times in a row, not started again");
  }

  @Test
  void aFailureBetweenEndsTheRowOfLosses() {
    retrying();
    lose(attempt("a", 0), HOST);
    report(attempt("a", 1), HOST, TaskStatus.FAILED);
    assertThat(held("a").restarts()).isZero();
    assertThat(held("a").retries()).isEqualTo(1);
  }

  @Test
  void anAttemptThatRunsTooLongTimesOutAndIsRetried() {
    running(Plans.two().jobParameter("task_timeout", 60).jobParameter("auto_retries", 1));
    report(attempt("a", 0), GUEST, TaskStatus.SUCCESS);
    report(attempt("b", 0), GUEST, TaskStatus.SUCCESS);
    report(attempt("b", 0), HOST, TaskStatus.SUCCESS);
    assertThat(Deadlines.next(row, plan)).hasValue(now + 60_000);
    pass(60_000);
    String why = "a ran longer than its timeout of 60 s";
    assertThat(sentTo(HOST))
        .containsExactly(
            new TellTaskStatus(attempt("a", 0), TaskStatus.TIMEOUT, why),
            new PrepareTask(attempt("a", 1)));
    pass(1_000);
    pass(60_000);
    assertThat(row.status()).isEqualTo(JobStatus.TIMEOUT);
    assertThat(row.cause()).isEqualTo(why + "; after 1 retries");
  }

  @Test
  void aJobTimesOutFromItsStart() {
    running(Plans.two().jobParameter("timeout", 100));
    assertThat(row.startTime()).isEqualTo(now);
    assertThat(Deadlines.next(row, plan)).hasValue(now + 100_000);
    pass(99_999);
    assertThat(row.status()).isEqualTo(JobStatus.RUNNING);
    pass(1);
    assertThat(row.status()).isEqualTo(JobStatus.TIMEOUT);
    assertThat(row.cause()).isEqualTo("the job ran longer than its timeout of 100 s");
    pass(1);
    assertThat(turn.ignored()).contains("TIMEOUT already");
  }

  @Test
  void nothingIsDueBeforeAJobRuns() {
    plan = Plans.diamond();
    row = CoordinatorMachine.begin(JOB, plan, now);
    assertThat(Deadlines.next(row, plan)).isEmpty();
    pass(1L << 50);
    assertThat(turn.ignored()).contains("READY");
  }

  @Test
  void whoReportsAgainDidNotHearHowTheTaskEnded() {
    retrying();
    for (Party party : List.of(GUEST, HOST)) {
      report(attempt("a", 0), party, TaskStatus.SUCCESS);
    }
    report(attempt("a", 0), HOST, TaskStatus.SUCCESS);
    assertThat(turn.ignored()).contains("already");
    assertThat(turn.effects())
        .containsExactly(
            new CoordinatorEffect.Command(
                HOST, new TellTaskStatus(attempt("a", 0), TaskStatus.SUCCESS, "")));
  }

  @Test
  void aStateImpliesWhatMustHaveBeenSaid() {
    retrying();
    report(attempt("a", 0), HOST, TaskStatus.FAILED);
    report(attempt("b", 0), GUEST, TaskStatus.SUCCESS);
    PartyCommand runs = new PartyCommand.TellJobStatus(JOB, JobStatus.RUNNING, 0, "");
    assertThat(Implied.live(row, GUEST)).containsExactly(runs, new PrepareTask(attempt("a", 1)));
    assertThat(Implied.live(row, HOST))
        .containsExactly(runs, new PrepareTask(attempt("a", 1)), new StartTask(attempt("b", 0)));
    report(attempt("b", 0), HOST, TaskStatus.SUCCESS);
    assertThat(Implied.told(row, HOST))
        .startsWith(new TellTaskStatus(attempt("b", 0), TaskStatus.SUCCESS, ""));
  }
}
