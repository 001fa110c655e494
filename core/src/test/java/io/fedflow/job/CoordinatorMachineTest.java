package io.fedflow.job;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static io.fedflow.fakes.Plans.JOB;
import static io.fedflow.fakes.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.dsl.JobPlan;
import io.fedflow.fakes.Plans;
import io.fedflow.job.CoordinatorEvent.Admitted;
import io.fedflow.job.CoordinatorEvent.CreateAnswered;
import io.fedflow.job.CoordinatorEvent.StopAsked;
import io.fedflow.job.CoordinatorEvent.TaskReported;
import io.fedflow.job.PartyCommand.StartTask;
import io.fedflow.job.PartyCommand.TellJobStatus;
import io.fedflow.job.PartyCommand.TellTaskStatus;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoordinatorMachineTest {

  private final JobPlan plan = Plans.diamond();
  private CoordinationRow row = CoordinatorMachine.begin(JOB, plan, 1);
  private CoordinatorMachine.Turn turn;

  private void apply(CoordinatorEvent event) {
    turn = CoordinatorMachine.apply(row, plan, event, 2);
    row = turn.next();
  }

  private void running() {
    apply(new CreateAnswered(GUEST, ""));
    apply(new CreateAnswered(HOST, ""));
    apply(new Admitted(1));
  }

  private void report(String component, Party party, TaskStatus status, String cause) {
    apply(new TaskReported(task(component), party, status, cause, false));
  }

  private void succeed(String component) {
    report(component, GUEST, TaskStatus.SUCCESS, "");
    report(component, HOST, TaskStatus.SUCCESS, "");
  }

  private List<PartyCommand> sentTo(Party party) {
    return turn.effects().stream()
        .filter(CoordinatorEffect.Command.class::isInstance)
        .map(CoordinatorEffect.Command.class::cast)
        .filter(command -> command.to().equals(party))
        .map(CoordinatorEffect.Command::command)
        .toList();
  }

  private TaskStatus status(String component) {
    return row.tasks().get(plan.graph().indexOf(component)).status();
  }

  @Test
  void waitsOnceEveryPartyCreatedTheJob() {
    apply(new CreateAnswered(HOST, ""));
    assertThat(row.status()).isEqualTo(JobStatus.READY);
    assertThat(turn.effects()).isEmpty();
    apply(new CreateAnswered(HOST, ""));
    assertThat(turn.ignored()).contains("answered already");
    apply(new CreateAnswered(GUEST, ""));
    assertThat(row.status()).isEqualTo(JobStatus.WAITING);
    assertThat(turn.effects()).containsExactly(new CoordinatorEffect.AskSlots());
    assertThat(row.created()).containsExactly(HOST, GUEST);
  }

  @Test
  void aRefusalFailsTheJobEverywhere() {
    apply(new CreateAnswered(GUEST, ""));
    apply(new CreateAnswered(HOST, "no such table"));
    assertThat(row.status()).isEqualTo(JobStatus.FAILED);
    assertThat(row.cause()).isEqualTo(HOST + " refused the job: no such table");
    TellJobStatus failed = new TellJobStatus(JOB, JobStatus.FAILED, 0, row.cause());
    assertThat(sentTo(GUEST)).containsExactly(failed);
    assertThat(turn.effects()).endsWith(new CoordinatorEffect.Finish());
  }

  @Test
  void aPartyThatCreatesTheJobAfterItsEndIsToldSo() {
    apply(new CreateAnswered(HOST, "busy"));
    CoordinationRow ended = row;
    apply(new CreateAnswered(GUEST, ""));
    assertThat(turn.ignored()).contains("FAILED already");
    assertThat(turn.next()).isSameAs(ended);
    assertThat(sentTo(GUEST))
        .containsExactly(new TellJobStatus(JOB, JobStatus.FAILED, 0, ended.cause()));
    assertThat(sentTo(HOST)).isEmpty();
  }

  @Test
  void aStopAfterTheEndTellsTheEndAgain() {
    running();
    apply(new StopAsked(JobStatus.CANCELED, "enough"));
    apply(new StopAsked(JobStatus.FAILED, "restart"));
    TellJobStatus canceled = new TellJobStatus(JOB, JobStatus.CANCELED, 25, "enough");
    TellTaskStatus task = new TellTaskStatus(task("a"), TaskStatus.CANCELED, "enough");
    assertThat(sentTo(GUEST)).containsExactly(task, canceled);
    assertThat(sentTo(HOST)).containsExactly(task, canceled);
  }

  @Test
  void admissionStartsTheSources() {
    apply(new CreateAnswered(GUEST, ""));
    apply(new Admitted(1));
    assertThat(turn.ignored()).contains("READY");
    apply(new CreateAnswered(HOST, ""));
    apply(new Admitted(1));
    assertThat(row.status()).isEqualTo(JobStatus.RUNNING);
    assertThat(sentTo(HOST))
        .containsExactly(
            new TellJobStatus(JOB, JobStatus.RUNNING, 0, ""), new StartTask(task("a")));
    apply(new Admitted(1));
    assertThat(turn.ignored()).contains("RUNNING");
  }

  @Test
  void branchesRunSideBySideAndTheirJoinWaitsForBoth() {
    running();
    report("a", GUEST, TaskStatus.SUCCESS, "");
    assertThat(turn.effects()).isEmpty();
    assertThat(status("a")).isEqualTo(TaskStatus.RUNNING);
    report("a", HOST, TaskStatus.SUCCESS, "");
    assertThat(sentTo(GUEST))
        .containsExactly(
            new TellTaskStatus(task("a"), TaskStatus.SUCCESS, ""),
            new StartTask(task("b")),
            new StartTask(task("c")),
            new TellJobStatus(JOB, JobStatus.RUNNING, 25, ""));
    succeed("c");
    assertThat(status("d")).isEqualTo(TaskStatus.WAITING);
    succeed("b");
    assertThat(status("d")).isEqualTo(TaskStatus.RUNNING);
    succeed("d");
    assertThat(row.status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(sentTo(HOST)).endsWith(new TellJobStatus(JOB, JobStatus.SUCCESS, 100, ""));
    assertThat(turn.effects()).endsWith(new CoordinatorEffect.Finish());
  }

  @Test
  void oneFailedPartEndsEverythingAtOnce() {
    running();
    succeed("a");
    report("b", HOST, TaskStatus.FAILED, "host:2 b: broke");
    assertThat(status("b")).isEqualTo(TaskStatus.FAILED);
    assertThat(status("c")).isEqualTo(TaskStatus.CANCELED);
    assertThat(status("d")).isEqualTo(TaskStatus.WAITING);
    assertThat(row.status()).isEqualTo(JobStatus.FAILED);
    assertThat(row.cause()).isEqualTo("host:2 b: broke");
    assertThat(sentTo(GUEST))
        .containsExactly(
            new TellTaskStatus(task("b"), TaskStatus.FAILED, "host:2 b: broke"),
            new TellTaskStatus(task("c"), TaskStatus.CANCELED, "host:2 b: broke"),
            new TellJobStatus(JOB, JobStatus.FAILED, 75, "host:2 b: broke"));
  }

  @Test
  void aTimeoutEndsRunningTasksAsTimedOut() {
    running();
    report("a", GUEST, TaskStatus.SUCCESS, "");
    apply(new StopAsked(JobStatus.TIMEOUT, "too long"));
    assertThat(row.status()).isEqualTo(JobStatus.TIMEOUT);
    assertThat(row.tasks().get(0).atParties())
        .containsEntry(GUEST, TaskStatus.SUCCESS)
        .containsEntry(HOST, TaskStatus.TIMEOUT);
    assertThat(sentTo(HOST))
        .contains(new TellTaskStatus(task("a"), TaskStatus.TIMEOUT, "too long"));
  }

  @Test
  void aStopNeverEndsWellAndNotBeforeItMay() {
    apply(new StopAsked(JobStatus.TIMEOUT, "too long"));
    assertThat(turn.ignored()).contains("cannot move from READY to TIMEOUT");
    apply(new StopAsked(JobStatus.SUCCESS, ""));
    assertThat(row.status()).isEqualTo(JobStatus.READY);
  }

  @Test
  void reportsThatDoNotApplyAreIgnored() {
    running();
    report("nothing", GUEST, TaskStatus.SUCCESS, "");
    assertThat(turn.ignored()).contains("no component nothing");
    report("a", Plans.ARBITER, TaskStatus.SUCCESS, "");
    assertThat(turn.ignored()).contains("does not run a");
    report("d", GUEST, TaskStatus.SUCCESS, "");
    assertThat(turn.ignored()).isNotEmpty();
    apply(
        new TaskReported(
            new io.fedflow.component.TaskId(JOB, "a", 1), GUEST, TaskStatus.SUCCESS, "", false));
    assertThat(turn.ignored()).contains("version 1 is stale");
    report("a", GUEST, TaskStatus.SUCCESS, "");
    long revision = row.revision();
    report("a", GUEST, TaskStatus.SUCCESS, "");
    assertThat(turn.ignored()).contains("already");
    report("a", GUEST, TaskStatus.FAILED, "late");
    assertThat(row.revision()).isEqualTo(revision);
  }

  @Test
  void aComponentThatNobodyRunsPassesAndItsFollowersStart() {
    JobPlan lonely = Plans.withoutRunners(plan);
    CoordinationRow at = CoordinatorMachine.begin(JOB, lonely, 1);
    for (CoordinatorEvent event :
        List.of(new CreateAnswered(GUEST, ""), new CreateAnswered(HOST, ""), new Admitted(1))) {
      turn = CoordinatorMachine.apply(at, lonely, event, 2);
      at = turn.next();
    }
    assertThat(at.tasks()).allMatch(held -> held.status() == TaskStatus.PASS);
    assertThat(at.status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(sentTo(HOST))
        .containsExactly(
            new TellJobStatus(JOB, JobStatus.RUNNING, 0, ""),
            new TellJobStatus(JOB, JobStatus.SUCCESS, 100, ""));
  }

  @Test
  void aJobWhoseDocumentsAreLostCanStillBeEnded() {
    running();
    turn = CoordinatorMachine.apply(row, null, new Admitted(1), 3);
    assertThat(turn.ignored()).contains("plan is lost");
    turn = CoordinatorMachine.apply(row, null, new StopAsked(JobStatus.FAILED, "restart"), 3);
    assertThat(turn.next().status()).isEqualTo(JobStatus.FAILED);
    assertThat(sentTo(GUEST)).endsWith(new TellJobStatus(JOB, JobStatus.FAILED, 25, "restart"));
    assertThat(sentTo(HOST)).hasSameElementsAs(sentTo(GUEST));
  }

  @Test
  void combinesWhatThePartiesSay() {
    TaskStatus w = TaskStatus.WAITING;
    TaskStatus r = TaskStatus.RUNNING;
    TaskStatus s = TaskStatus.SUCCESS;
    TaskStatus p = TaskStatus.PASS;
    assertThat(CoordinatorMachine.combine(List.of(w, w))).isEqualTo(w);
    assertThat(CoordinatorMachine.combine(List.of(w, r))).isEqualTo(r);
    assertThat(CoordinatorMachine.combine(List.of(w, s))).isEqualTo(r);
    assertThat(CoordinatorMachine.combine(List.of(r, s))).isEqualTo(r);
    assertThat(CoordinatorMachine.combine(List.of(s, s))).isEqualTo(s);
    assertThat(CoordinatorMachine.combine(List.of(p, s))).isEqualTo(s);
    assertThat(CoordinatorMachine.combine(List.of(p, p))).isEqualTo(p);
    assertThat(CoordinatorMachine.combine(List.of(r, TaskStatus.CANCELED)))
        .isEqualTo(TaskStatus.CANCELED);
    assertThat(
            CoordinatorMachine.combine(
                List.of(TaskStatus.CANCELED, TaskStatus.FAILED, TaskStatus.TIMEOUT, s)))
        .isEqualTo(TaskStatus.FAILED);
  }

  @Test
  void aPartyThatRunsNothingStillHearsOfTheJob() {
    Pipeline pipeline = Plans.three();
    pipeline.add("only", "GuestStep");
    JobPlan lonely = Plans.plan(pipeline);
    CoordinationRow at = CoordinatorMachine.begin(JOB, lonely, 1);
    for (Party party : lonely.parties().all()) {
      at = CoordinatorMachine.apply(at, lonely, new CreateAnswered(party, ""), 2).next();
    }
    turn = CoordinatorMachine.apply(at, lonely, new Admitted(1), 2);
    assertThat(sentTo(new Party(Role.HOST, "2")))
        .containsExactly(new TellJobStatus(JOB, JobStatus.RUNNING, 0, ""));
  }
}
