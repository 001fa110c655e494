package io.fedflow.testkit.store;

import static io.fedflow.testkit.store.SameRows.assertSame;
import static io.fedflow.testkit.store.StoreRows.GUEST;
import static io.fedflow.testkit.store.StoreRows.HOST;
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

import io.fedflow.component.TaskId;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.job.CoordinationRow;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskRow;
import io.fedflow.job.TaskStatus;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.JobPage;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobSearch;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.TaskQuery;
import io.fedflow.testkit.stage.Await;
import io.fedflow.tracking.LogLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The promises of {@link JobStore}. */
public abstract class JobStoreContract extends StoresContract {

  private static final String JOB = "202611250000000000010";

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
  void J5_events_comeInOrderOfSequenceWithoutLoss() {
    commit(events(event(JOB, 3), event(JOB, 1)));
    commit(events(event(JOB, 2)));
    commit(events(event("other", 1)));
    assertSame(eventsOf(JOB), List.of(event(JOB, 1), event(JOB, 2), event(JOB, 3)));
    assertSame(Await.value(store().events(JOB, 1, 1)), List.of(event(JOB, 2)));
    assertThat(Await.value(store().events(JOB, 3, 10))).isEmpty();
  }

  @Test
  void J5_manyEvents_comeInPages() {
    commit(
        events(
            LongStream.rangeClosed(1, 1_234)
                .mapToObj(i -> event(JOB, i))
                .toArray(JobEvent[]::new)));
    List<Long> seen = new ArrayList<>();
    List<JobEvent> page;
    do {
      page = Await.value(store().events(JOB, seen.size(), 100));
      page.forEach(event -> seen.add(event.sequence()));
    } while (!page.isEmpty());
    assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 1_234).boxed().toList());
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

  @Test
  void J7_anEventSequenceThatExists_refusesItsWholeTurn() {
    commit(events(event(JOB, 1)));
    refused(
        new StoreTurn(
            JOB,
            List.of(job(JOB, GUEST, 10)),
            List.of(),
            Optional.empty(),
            List.of(event(JOB, 2), event(JOB, 1))));
    refused(events(event(JOB, 5), event(JOB, 5)));
    assertThat(eventsOf(JOB)).hasSize(1);
    assertThat(Await.value(store().jobs(JobQuery.ofJob(JOB)))).isEmpty();
    commit(events(event("other", 1)));
  }

  @Test
  void J8_droppedEvents_areGoneAndOnlyThey() {
    commit(events(event(JOB, 1), event(JOB, 2), event(JOB, 3)));
    commit(events(event("other", 1), event("other", 2)));
    Await.value(store().dropEvents(JOB, 2));
    assertSame(eventsOf(JOB), List.of(event(JOB, 3)));
    assertThat(eventsOf("other")).hasSize(2);
    Await.value(store().dropEvents(JOB, 2));
    Await.value(store().dropEvents("none", 5));
    commit(events(event(JOB, 4)));
    assertSame(eventsOf(JOB), List.of(event(JOB, 3), event(JOB, 4)));
    Await.value(store().dropEvents(JOB, Long.MAX_VALUE));
    assertThat(eventsOf(JOB)).isEmpty();
  }

  @Test
  void J8_droppedEvents_areGoneForGood() throws Exception {
    commit(everything(JOB));
    Await.value(store().dropEvents(JOB, 1));
    restart();
    assertThat(eventsOf(JOB)).extracting(JobEvent::sequence).containsExactly(2L, 3L);
    assertThat(view().jobId()).isEqualTo(JOB);
  }

  @Test
  void J4_theLastEvent_isFoundWithoutReadingAll() {
    assertThat(Await.value(store().lastEvent(JOB))).isZero();
    commit(events(event(JOB, 3), event(JOB, 1)));
    commit(events(event("other", 9)));
    assertThat(Await.value(store().lastEvent(JOB))).isEqualTo(3);
    Await.value(store().dropEvents(JOB, 2));
    assertThat(Await.value(store().lastEvent(JOB))).isEqualTo(3);
  }

  private static StoreTurn logged(StoreTurn turn, LogLine... lines) {
    return new StoreTurn(
        turn.jobId(),
        turn.jobs(),
        turn.tasks(),
        turn.coordination(),
        turn.events(),
        List.of(lines));
  }

  private static LogLine line(String text) {
    return new LogLine(JOB, GUEST, "", 0, 7, LogLine.Level.INFO, text);
  }

  private List<String> log() {
    return Await.value(stores().tracking().log(JOB, GUEST, "", LogLine.Level.DEBUG, 0, 100))
        .stream()
        .map(line -> line.number() + " " + line.text())
        .toList();
  }

  @Test
  void J9_theLinesOfATurn_followThoseThatWereThere() {
    commit(logged(everything(JOB), line("a"), line("b")));
    Await.value(stores().tracking().appendLog(List.of(line("c"))));
    commit(logged(events(event(JOB, 4)), line("d")));
    assertThat(log()).containsExactly("1 a", "2 b", "3 c", "4 d");
  }

  @Test
  void J9_theLinesOfARefusedTurn_areNotStored() {
    commit(everything(JOB));
    refused(logged(everything(JOB), line("refused")));
    assertThat(log()).isEmpty();
  }

  @Test
  void J9_theLinesOfATurn_areThereAfterARestart() throws Exception {
    commit(logged(everything(JOB), line("a")));
    restart();
    assertThat(log()).containsExactly("1 a");
  }

  @Test
  void aTurnWithALineOfAnotherJob_isRefused() {
    LogLine other = new LogLine("other", GUEST, "", 0, 7, LogLine.Level.INFO, "a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store().commit(logged(events(event(JOB, 1)), other)))
        .withMessageContaining("found a row of job other");
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

  private JobStore store() {
    return stores().jobs();
  }

  private void commit(StoreTurn turn) {
    Await.value(store().commit(turn));
  }

  private void refused(StoreTurn turn) {
    assertConflict(Await.failure(store().commit(turn)));
  }

  private void assertConflict(FedflowException refusal) {
    assertThat(refusal.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(refusal.code()).isEqualTo("store.revision");
  }

  private static StoreTurn everything(String jobId) {
    return new StoreTurn(
        jobId,
        List.of(job(jobId, GUEST, 10), job(jobId, HOST, 10)),
        List.of(task(jobId, "reader_0", GUEST, 11), task(jobId, "lr_0", HOST, 11)),
        Optional.of(coordination(jobId, JobStatus.WAITING, 1)),
        List.of(event(jobId, 1), event(jobId, 2), event(jobId, 3)));
  }

  private void assertStored(StoreTurn turn) {
    String jobId = turn.jobId();
    assertSame(Await.value(store().jobs(JobQuery.ofJob(jobId))), turn.jobs());
    assertSame(tasksOf(TaskQuery.ofJob(jobId)), turn.tasks());
    CoordinationRow coordination = turn.coordination().orElseThrow();
    assertSame(Await.value(store().coordination(jobId)), coordination);
    assertSame(eventsOf(jobId), turn.events());
  }

  private void assertNothingOf(String jobId) {
    assertThat(Await.value(store().jobs(JobQuery.ofJob(jobId)))).isEmpty();
    assertThat(tasksOf(TaskQuery.ofJob(jobId))).isEmpty();
    assertThat(Await.value(store().coordination(jobId))).isEmpty();
    assertThat(eventsOf(jobId)).isEmpty();
  }

  private JobRow view() {
    return Await.value(store().jobs(JobQuery.of(JOB, GUEST))).get(0);
  }

  private List<TaskRow> tasksOf(TaskQuery query) {
    return Await.value(store().tasks(query));
  }

  private List<JobEvent> eventsOf(String jobId) {
    return Await.value(store().events(jobId, 0, 10_000));
  }

  private List<String> names(JobQuery query) {
    return Await.value(store().jobs(query)).stream()
        .map(row -> row.jobId() + ' ' + row.party().role())
        .toList();
  }

  private static JobQuery query(boolean newestFirst, int offset, int limit) {
    return new JobQuery(List.of(), List.of(), List.of(), Set.of(), newestFirst, offset, limit);
  }

  private static JobQuery filter(
      List<String> jobIds, List<String> roles, List<String> partyIds, Set<JobStatus> statuses) {
    return new JobQuery(jobIds, roles, partyIds, statuses, false, 0, 100);
  }

  private static TaskQuery filter(
      Set<TaskStatus> statuses, Set<TaskStatus> partyStatuses, boolean onlyLatest) {
    return new TaskQuery(
        List.of(), List.of(), List.of(), List.of(), statuses, partyStatuses, onlyLatest, 0, 100);
  }
}
