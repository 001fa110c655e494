package io.fedflow.testkit.store;

import static io.fedflow.testkit.store.SameRows.assertSame;
import static io.fedflow.testkit.store.StoreRows.GUEST;
import static io.fedflow.testkit.store.StoreRows.HOST;
import static io.fedflow.testkit.store.StoreRows.coordination;
import static io.fedflow.testkit.store.StoreRows.coordinations;
import static io.fedflow.testkit.store.StoreRows.job;
import static io.fedflow.testkit.store.StoreRows.jobs;
import static io.fedflow.testkit.store.StoreRows.task;
import static io.fedflow.testkit.store.StoreRows.tasks;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskRow;
import io.fedflow.job.TaskStatus;
import io.fedflow.spi.JobPage;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobSearch;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.TaskQuery;
import io.fedflow.testkit.stage.Await;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The promises of {@link JobStore} about what is read, and in which order (J4, J10). */
abstract class JobReadsContract extends JobEventsContract {

  @Test
  void J4_aRead_givesBackWhatWasWritten() {
    StoreTurn turn = everything(JOB);
    commit(turn);
    assertStored(turn);
  }

  @Test
  void J4_aNewRevision_replacesTheWholeRow() {
    JobRow first = job(JOB, GUEST, 10);
    TaskRow task = task(JOB, "lr_0", GUEST, 10);
    JobRow second =
        first
            .moved(JobStatus.RUNNING, "it's \"so\"; --", 20)
            .noted("notes", 30)
            .moved(JobStatus.FAILED, "why", 40);
    commit(jobs(first));
    commit(tasks(task));
    commit(
        jobs(
            first.moved(JobStatus.RUNNING, "it's \"so\"; --", 20),
            first.moved(JobStatus.RUNNING, "it's \"so\"; --", 20).noted("notes", 30),
            second));
    TaskRow moved = task.moved(TaskStatus.RUNNING, "", new Traffic(9, 8, 7, 6), 50);
    commit(tasks(moved));
    assertSame(List.of(view()), List.of(second));
    assertSame(tasksOf(TaskQuery.ofJob(JOB)), List.of(moved));
  }

  @Test
  void J4_jobs_comeInOrderAndPages() {
    commit(jobs(job("b", HOST, 20), job("b", GUEST, 20)));
    commit(jobs(job("a", GUEST, 20)));
    commit(jobs(job("c", GUEST, 10)));
    commit(jobs(job("B", GUEST, 30)));
    assertThat(names(query(true, 0, 100)))
        .containsExactly("B guest", "a guest", "b guest", "b host", "c guest");
    assertThat(names(query(false, 0, 100)))
        .containsExactly("c guest", "a guest", "b guest", "b host", "B guest");
    assertThat(names(query(true, 1, 2))).containsExactly("a guest", "b guest");
    assertThat(names(query(true, 5, 2))).isEmpty();
    assertThat(Await.value(store().countJobs(query(true, 1, 2)))).isEqualTo(5);
  }

  @Test
  void J4_jobs_areFilteredByEverythingAsked() {
    JobRow waiting = job("a", GUEST, 10).moved(JobStatus.WAITING, "", 11);
    commit(jobs(job("a", GUEST, 10), waiting, job("a", HOST, 10)));
    commit(jobs(job("b", GUEST, 20)));
    assertThat(names(filter(List.of("b", "none"), List.of(), List.of(), Set.of())))
        .containsExactly("b guest");
    assertThat(names(filter(List.of(), List.of("host"), List.of(), Set.of())))
        .containsExactly("a host");
    assertThat(names(filter(List.of(), List.of(), List.of("9999", "8"), Set.of())))
        .containsExactly("a guest", "b guest");
    Set<JobStatus> statuses = Set.of(JobStatus.WAITING, JobStatus.RUNNING);
    JobQuery byStatus = filter(List.of("a"), List.of("guest", "host"), List.of(), statuses);
    assertThat(names(byStatus)).containsExactly("a guest");
    assertThat(Await.value(store().countJobs(byStatus))).isEqualTo(1);
    assertThat(names(filter(List.of("a' OR '1'='1"), List.of(), List.of(), Set.of()))).isEmpty();
    assertThat(names(JobQuery.of("a", HOST))).containsExactly("a host");
  }

  @Test
  void J4_tasks_comeOldestFirstThenInOrderOfInsertion() {
    commit(tasks(task(JOB, "z", GUEST, 10), task(JOB, "y", GUEST, 10), task(JOB, "x", GUEST, 5)));
    commit(tasks(task(JOB, "a", GUEST, 10)));
    commit(tasks(task(JOB, "z", GUEST, 10).told(TaskStatus.RUNNING, 20)));
    assertThat(tasksOf(TaskQuery.ofJob(JOB)))
        .extracting(row -> row.task().component())
        .containsExactly("x", "z", "y", "a");
    TaskQuery page =
        new TaskQuery(
            List.of(JOB), List.of(), List.of(), List.of(), Set.of(), Set.of(), true, 1, 2);
    assertThat(tasksOf(page)).extracting(row -> row.task().component()).containsExactly("z", "y");
  }

  @Test
  void J4_tasksOfSeveralJobs_comeByTheIdOfTheJob() {
    commit(tasks(task("b", "second", GUEST, 20), task("b", "first", GUEST, 10)));
    commit(tasks(task("a", "third", GUEST, 30), task("a", "fourth", GUEST, 40)));
    assertThat(tasksOf(filter(Set.of(), Set.of(), false)))
        .extracting(row -> row.task().jobId() + ' ' + row.task().component())
        .containsExactly("a third", "a fourth", "b first", "b second");
  }

  @Test
  void J4_onlyTheLatestAttempts_countIfAsked() {
    TaskRow first = task(JOB, "lr_0", GUEST, 10);
    commit(
        tasks(
            task(new TaskId(JOB, "lr_0", 10), GUEST, 30),
            first,
            task(new TaskId(JOB, "lr_0", 9), GUEST, 20),
            task(JOB, "lr_0", HOST, 10)));
    commit(tasks(first.told(TaskStatus.FAILED, 40)));
    assertThat(tasksOf(TaskQuery.ofJob(JOB)))
        .extracting(row -> row.task().version() + " " + row.party())
        .containsExactly("0 " + HOST, "10 " + GUEST);
    assertThat(tasksOf(TaskQuery.of(JOB, "lr_0", GUEST))).hasSize(1);
    // The failed attempt is not the latest one: asking for both finds nothing.
    assertThat(tasksOf(filter(Set.of(TaskStatus.FAILED), Set.of(), true))).isEmpty();
    assertThat(tasksOf(filter(Set.of(TaskStatus.FAILED), Set.of(), false))).hasSize(1);
  }

  @Test
  void J4_tasks_areFilteredByEverythingAsked() {
    TaskRow running = task(JOB, "a", GUEST, 10);
    commit(
        tasks(
            running,
            running.moved(TaskStatus.RUNNING, "", running.traffic(), 20),
            task(JOB, "a", HOST, 10),
            task(JOB, "b", GUEST, 10)));
    commit(tasks(task("other", "a", GUEST, 10)));
    assertThat(tasksOf(filter(Set.of(), Set.of(TaskStatus.RUNNING), true))).hasSize(1);
    assertThat(tasksOf(filter(Set.of(TaskStatus.RUNNING), Set.of(), true))).isEmpty();
    assertThat(tasksOf(filter(Set.of(), Set.of(), true))).hasSize(4);
    TaskQuery narrow =
        new TaskQuery(
            List.of(JOB, "other"),
            List.of("a"),
            List.of("guest"),
            List.of("9999"),
            Set.of(TaskStatus.WAITING),
            Set.of(TaskStatus.WAITING),
            false,
            0,
            10);
    assertThat(tasksOf(narrow)).extracting(row -> row.task().jobId()).containsExactly("other");
  }

  @Test
  void J4_unfinishedJobs_areThoseWithALiveViewOrCoordination() {
    JobRow ended = job("ended", GUEST, 1);
    commit(jobs(job("young", GUEST, 30)));
    commit(jobs(ended, ended.moved(JobStatus.FAILED, "", 2)));
    commit(jobs(job("old", GUEST, 10), job("old", HOST, 20)));
    commit(coordinations(coordination("coordinated", JobStatus.RUNNING, 1)));
    commit(coordinations(coordination("done", JobStatus.SUCCESS, 1)));
    JobRow half = job("half", GUEST, 40);
    commit(jobs(half, half.moved(JobStatus.FAILED, "", 41)));
    commit(coordinations(coordination("half", JobStatus.RUNNING, 1)));
    assertThat(Await.value(store().unfinished()))
        .containsExactly("old", "young", "half", "coordinated");
  }

  @Test
  void J10_aSearch_givesItsPageAndCountsAll() throws Exception {
    List<JobRow> all = manyJobs();
    List<JobSearch> searches = SearchedJobs.searches();
    for (JobSearch search : searches) {
      assertFound(search, all);
    }
    // Some find nothing on purpose; a list of such would prove nothing.
    assertThat(searches.stream().filter(s -> all.stream().anyMatch(s::matches)).count())
        .isGreaterThan(searches.size() / 3);
  }

  @Test
  void J10_counts_areRightWhateverWasWrittenBefore() throws Exception {
    List<JobRow> all = manyJobs();
    restart();
    // A refused turn counts nothing.
    refused(jobs(job(all.get(0).jobId(), GUEST, 10), all.get(0)));
    JobRow last = all.remove(all.size() - 1);
    JobRow moved = last.moved(JobStatus.CANCELED, "", 9_000);
    commit(jobs(moved));
    all.add(moved);
    for (JobStatus status : JobStatus.values()) {
      long expected = all.stream().filter(row -> row.status() == status).count();
      JobQuery query = filter(List.of(), List.of(), List.of(), Set.of(status));
      assertThat(Await.value(store().countJobs(query))).as("%s", status).isEqualTo(expected);
      assertFound(SearchedJobs.ofStatus(status), all);
    }
    JobQuery ofHosts =
        new JobQuery(List.of(), List.of("host"), List.of(HOST.id()), Set.of(), true, 3, 20);
    assertThat(Await.value(store().countJobs(ofHosts)))
        .isEqualTo(all.stream().filter(row -> row.party().equals(HOST)).count());
    assertSame(
        Await.value(store().jobs(ofHosts)),
        all.stream()
            .filter(row -> row.party().equals(HOST))
            .sorted(JobSearch.newest(1).comparator())
            .skip(3)
            .limit(20)
            .toList());
  }

  private void assertFound(JobSearch search, List<JobRow> all) {
    List<JobRow> matching =
        all.stream().filter(search::matches).sorted(search.comparator()).toList();
    JobPage page = Await.value(store().search(search));
    assertThat(page.total()).as("%s", search).isEqualTo(matching.size());
    assertSame(page.rows(), matching.stream().skip(search.offset()).limit(search.limit()).toList());
  }

  /** Written by turns that wait for nobody. */
  private List<JobRow> manyJobs() {
    List<List<JobRow>> turns = SearchedJobs.revisions();
    List<CompletionStage<Void>> written =
        turns.stream()
            .map(revisions -> store().commit(jobs(revisions.toArray(JobRow[]::new))))
            .toList();
    written.forEach(Await::value);
    return SearchedJobs.latest(turns);
  }

  private List<String> names(JobQuery query) {
    return Await.value(store().jobs(query)).stream()
        .map(row -> row.jobId() + ' ' + row.party().role())
        .toList();
  }
}
