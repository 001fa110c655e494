package io.fedflow.testkit.store;

import static io.fedflow.testkit.store.StoreRows.GUEST;
import static io.fedflow.testkit.store.StoreRows.coordination;
import static io.fedflow.testkit.store.StoreRows.coordinations;
import static io.fedflow.testkit.store.StoreRows.event;
import static io.fedflow.testkit.store.StoreRows.events;
import static io.fedflow.testkit.store.StoreRows.job;
import static io.fedflow.testkit.store.StoreRows.jobs;
import static io.fedflow.testkit.store.StoreRows.task;
import static io.fedflow.testkit.store.StoreRows.tasks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskRow;
import io.fedflow.job.TaskStatus;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.TaskQuery;
import io.fedflow.testkit.stage.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The promises of {@link JobStore}: about turns (J1 to J3, J6), and those of its parents. */
public abstract class JobStoreContract extends JobReadsContract {

  @Test
  void J1_aCommittedTurn_isThereAfterARestart() throws Exception {
    StoreTurn turn = everything(JOB);
    commit(turn);
    restart();
    assertStored(turn);
  }

  @Test
  void J1_revisionsAndSequences_goOnAfterARestart() throws Exception {
    commit(everything(JOB));
    restart();
    refused(everything(JOB));
    commit(jobs(job(JOB, GUEST, 10).progressed(5, 20)));
    commit(events(event(JOB, 4)));
    assertThat(eventsOf(JOB)).extracting(JobEvent::sequence).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void J2_aRefusedTurn_storesNothing() {
    StoreTurn good = everything(JOB);
    TaskRow stale = good.tasks().get(1).told(TaskStatus.RUNNING, 30);
    refused(
        new StoreTurn(
            JOB,
            good.jobs(),
            List.of(good.tasks().get(0), stale),
            good.coordination(),
            good.events()));
    assertNothingOf(JOB);
    commit(good);
    assertStored(good);
  }

  @Test
  void J2_aRefusedTurn_leavesWhatWasStored() {
    StoreTurn first = everything(JOB);
    commit(first);
    refused(
        new StoreTurn(
            JOB,
            List.of(first.jobs().get(0).moved(JobStatus.WAITING, "", 50)),
            List.of(first.tasks().get(0).told(TaskStatus.RUNNING, 50)),
            Optional.of(coordination(JOB, JobStatus.RUNNING, 2)),
            List.of(event(JOB, 4), event(JOB, 3))));
    assertStored(first);
  }

  @Test
  void J2_anEmptyTurn_completes() {
    commit(new StoreTurn(JOB, List.of(), List.of(), Optional.empty(), List.of()));
    assertNothingOf(JOB);
  }

  @Test
  void J3_insertingARowTwice_isRefused() {
    commit(jobs(job(JOB, GUEST, 10)));
    commit(tasks(task(JOB, "lr_0", GUEST, 10)));
    commit(coordinations(coordination(JOB, JobStatus.WAITING, 1)));
    refused(jobs(job(JOB, GUEST, 10)));
    refused(tasks(task(JOB, "lr_0", GUEST, 10)));
    refused(coordinations(coordination(JOB, JobStatus.WAITING, 1)));
  }

  @Test
  void J3_aRevisionBehindOrAhead_isRefused() {
    JobRow first = job(JOB, GUEST, 10);
    TaskRow task = task(JOB, "lr_0", GUEST, 10);
    commit(jobs(first, first.progressed(1, 20)));
    commit(tasks(task, task.told(TaskStatus.RUNNING, 20)));
    commit(coordinations(coordination(JOB, JobStatus.WAITING, 1)));
    refused(jobs(first.progressed(2, 30)));
    refused(jobs(first.progressed(2, 30).progressed(3, 30).progressed(4, 30)));
    refused(tasks(task.told(TaskStatus.FAILED, 30)));
    refused(
        tasks(
            task.told(TaskStatus.FAILED, 30)
                .told(TaskStatus.FAILED, 30)
                .told(TaskStatus.FAILED, 40)));
    refused(coordinations(coordination(JOB, JobStatus.WAITING, 3)));
    assertThat(view().progress()).isEqualTo(1);
  }

  @Test
  void J3_aRevisionOfARowThatIsNotThere_isRefused() {
    refused(jobs(job(JOB, GUEST, 10).progressed(1, 20)));
    refused(tasks(task(JOB, "lr_0", GUEST, 10).told(TaskStatus.RUNNING, 20)));
    refused(coordinations(coordination(JOB, JobStatus.WAITING, 2)));
    assertNothingOf(JOB);
  }

  @Test
  void J3_aTurn_mayHoldSeveralRevisionsOfARow() {
    JobRow first = job(JOB, GUEST, 10);
    JobRow second = first.progressed(1, 20);
    commit(jobs(first, second, second.progressed(2, 30)));
    assertThat(view().revision()).isEqualTo(3);
    refused(jobs(first.noted("x", 20), first.noted("y", 20)));
  }

  @Test
  void J3_ofRacingTurns_exactlyOneWins() {
    JobRow first = job(JOB, GUEST, 10);
    commit(jobs(first));
    List<CompletionStage<Void>> racing = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      racing.add(store().commit(jobs(first.progressed(i, 20))));
    }
    assertThat(Await.failures(racing)).hasSize(49).allSatisfy(this::assertConflict);
    assertThat(view().revision()).isEqualTo(2);
  }

  @Test
  void J3_refusedTurns_doNotHinderTheOthers() {
    commit(jobs(job(JOB, GUEST, 10)));
    List<CompletionStage<Void>> good = new ArrayList<>();
    List<CompletionStage<Void>> bad = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      good.add(store().commit(everything("job" + i)));
      bad.add(store().commit(jobs(job(JOB, GUEST, i))));
    }
    assertThat(Await.failures(good)).isEmpty();
    assertThat(Await.failures(bad)).hasSize(60).allSatisfy(this::assertConflict);
    for (int i = 0; i < 60; i++) {
      assertStored(everything("job" + i));
    }
  }

  @Test
  void J3_turnsOfOneJob_mayBeHandedOverWithoutWaiting() {
    List<CompletionStage<Void>> stages = new ArrayList<>();
    JobRow row = job(JOB, GUEST, 10);
    for (int i = 1; i <= 200; i++) {
      stages.add(
          store()
              .commit(
                  new StoreTurn(
                      JOB, List.of(row), List.of(), Optional.empty(), List.of(event(JOB, i)))));
      row = row.progressed(i % 100, 10 + i);
    }
    assertThat(Await.failures(stages)).isEmpty();
    assertThat(view().revision()).isEqualTo(200);
    assertThat(eventsOf(JOB)).hasSize(200);
  }

  @Test
  void J6_whatIsNotThere_isEmptyAndNeverNull() {
    assertNothingOf("none");
    assertThat(Await.value(store().countJobs(JobQuery.ofJob("none")))).isZero();
    assertThat(Await.value(store().unfinished())).isEmpty();
  }

  @Test
  void J6_aPageOutOfRange_isRefusedAtOnce() {
    assertThatIllegalArgumentException().isThrownBy(() -> store().jobs(query(true, -1, 10)));
    assertThatIllegalArgumentException().isThrownBy(() -> store().jobs(query(true, 0, 0)));
    assertThatIllegalArgumentException().isThrownBy(() -> store().jobs(query(true, 0, 100_001)));
    assertThatIllegalArgumentException().isThrownBy(() -> store().events(JOB, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> store().events(JOB, 0, 10_001));
  }

  @Test
  void J6_aTurnWithARowOfAnotherJob_isRefusedAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store().commit(jobs(job(JOB, GUEST, 1), job("other", GUEST, 1))));
    assertNothingOf(JOB);
  }

  private void assertNothingOf(String jobId) {
    assertThat(Await.value(store().jobs(JobQuery.ofJob(jobId)))).isEmpty();
    assertThat(tasksOf(TaskQuery.ofJob(jobId))).isEmpty();
    assertThat(Await.value(store().coordination(jobId))).isEmpty();
    assertThat(eventsOf(jobId)).isEmpty();
  }
}
