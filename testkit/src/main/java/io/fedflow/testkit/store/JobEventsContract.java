package io.fedflow.testkit.store;

import static io.fedflow.testkit.store.SameRows.assertSame;
import static io.fedflow.testkit.store.StoreRows.GUEST;
import static io.fedflow.testkit.store.StoreRows.event;
import static io.fedflow.testkit.store.StoreRows.events;
import static io.fedflow.testkit.store.StoreRows.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fedflow.queue.JobEvent;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.StoreTurn;
import io.fedflow.testkit.stage.Await;
import io.fedflow.tracking.LogLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The promises of {@link JobStore} about the events and log lines of turns (J5, J7, J8, J9). */
abstract class JobEventsContract extends JobTurns {

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
}
