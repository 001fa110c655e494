package io.fedflow.testkit.store;

import static io.fedflow.testkit.store.SameRows.assertSame;
import static io.fedflow.testkit.store.StoreRows.GUEST;
import static io.fedflow.testkit.store.StoreRows.HOST;
import static io.fedflow.testkit.store.StoreRows.coordination;
import static io.fedflow.testkit.store.StoreRows.event;
import static io.fedflow.testkit.store.StoreRows.job;
import static io.fedflow.testkit.store.StoreRows.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.CoordinationRow;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes turns of jobs, and reads what became of them, for the contracts of job stores. */
abstract class JobTurns extends StoresContract {

  static final String JOB = "202611250000000000010";

  final JobStore store() {
    return stores().jobs();
  }

  final void commit(StoreTurn turn) {
    Await.value(store().commit(turn));
  }

  final void refused(StoreTurn turn) {
    assertConflict(Await.failure(store().commit(turn)));
  }

  final void assertConflict(FedflowException refusal) {
    assertThat(refusal.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(refusal.code()).isEqualTo("store.revision");
  }

  static StoreTurn everything(String jobId) {
    return new StoreTurn(
        jobId,
        List.of(job(jobId, GUEST, 10), job(jobId, HOST, 10)),
        List.of(task(jobId, "reader_0", GUEST, 11), task(jobId, "lr_0", HOST, 11)),
        Optional.of(coordination(jobId, JobStatus.WAITING, 1)),
        List.of(event(jobId, 1), event(jobId, 2), event(jobId, 3)));
  }

  final void assertStored(StoreTurn turn) {
    String jobId = turn.jobId();
    assertSame(Await.value(store().jobs(JobQuery.ofJob(jobId))), turn.jobs());
    assertSame(tasksOf(TaskQuery.ofJob(jobId)), turn.tasks());
    CoordinationRow coordination = turn.coordination().orElseThrow();
    assertSame(Await.value(store().coordination(jobId)), coordination);
    assertSame(eventsOf(jobId), turn.events());
  }

  final JobRow view() {
    return Await.value(store().jobs(JobQuery.of(JOB, GUEST))).get(0);
  }

  final List<TaskRow> tasksOf(TaskQuery query) {
    return Await.value(store().tasks(query));
  }

  final List<JobEvent> eventsOf(String jobId) {
    return Await.value(store().events(jobId, 0, 10_000));
  }

  static JobQuery query(boolean newestFirst, int offset, int limit) {
    return new JobQuery(List.of(), List.of(), List.of(), Set.of(), newestFirst, offset, limit);
  }

  static JobQuery filter(
      List<String> jobIds, List<String> roles, List<String> partyIds, Set<JobStatus> statuses) {
    return new JobQuery(jobIds, roles, partyIds, statuses, false, 0, 100);
  }

  static TaskQuery filter(
      Set<TaskStatus> statuses, Set<TaskStatus> partyStatuses, boolean onlyLatest) {
    return new TaskQuery(
        List.of(), List.of(), List.of(), List.of(), statuses, partyStatuses, onlyLatest, 0, 100);
  }
}
