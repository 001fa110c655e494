package io.fedflow.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.audit.Actor;
import io.fedflow.audit.AuditEvent;
import io.fedflow.audit.AuditEvent.Outcome;
import io.fedflow.audit.AuditHead;
import io.fedflow.audit.AuditLine;
import io.fedflow.audit.AuditPage;
import io.fedflow.audit.AuditQuery;
import io.fedflow.audit.AuditRecord;
import io.fedflow.failure.FailureKind;
import io.fedflow.spi.AuditLog;
import io.fedflow.testkit.stage.Await;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises of {@link AuditLog}. */
public abstract class AuditLogContract {

  private static final int THREADS = 4;
  private static final int EACH = 100;

  private AuditLog log;

  /** Opens the log; the second time within a test with all that was durable. */
  protected abstract AuditLog open() throws Exception;

  /** Whether records outlast the log's end. */
  protected boolean lasting() {
    return true;
  }

  @BeforeEach
  void openLog() throws Exception {
    log = open();
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  private static AuditEvent event(String action, int number) {
    return AuditEvent.asked(
        Actor.client("key", "10.0.0.7"), action, "subject " + number, "detail of " + number);
  }

  private List<AuditRecord> append(int count) {
    List<CompletionStage<AuditRecord>> stages =
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> log.append(event(i % 3 == 0 ? "table.drop" : "job.submit", i)))
            .toList();
    return stages.stream().map(Await::value).toList();
  }

  private List<AuditRecord> all() {
    List<AuditRecord> all = new ArrayList<>();
    long before = 0;
    do {
      AuditPage page = Await.value(log.page(new AuditQuery(before, 7, "", "")));
      all.addAll(page.records());
      before = page.next();
    } while (before != 0);
    Collections.reverse(all);
    return all;
  }

  @Test
  void A1_recordsOfCompletedStages_areThereAfterARestart() throws Exception {
    List<AuditRecord> appended = append(40);
    assertThat(log.head()).isEqualTo(appended.get(39).head());
    if (lasting()) {
      log.close();
      log = open();
    }
    assertThat(all()).isEqualTo(appended);
    assertThat(log.head()).isEqualTo(appended.get(39).head());
  }

  @Test
  void A2_recordsOfOneThread_areNumberedInItsOrder() {
    List<AuditRecord> appended = append(300);
    assertThat(appended)
        .extracting(AuditRecord::number)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 300).boxed().toList());
    assertThat(appended.get(299).event()).isEqualTo(event("table.drop", 300));
  }

  @Test
  void A2_recordsOfManyThreads_haveNoGap() throws Exception {
    Set<Long> numbers = Collections.synchronizedSet(new HashSet<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(
          new Thread(
              () -> {
                for (int k = 0; k < EACH; k++) {
                  numbers.add(Await.value(log.append(event("job.stop", k))).number());
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(1, THREADS * EACH).boxed().toList());
    assertChained();
  }

  @Test
  void A3_hashesHangTogether_overRestarts() throws Exception {
    append(20);
    if (lasting()) {
      log.close();
      log = open();
    }
    append(20);
    assertThat(all()).hasSize(40);
    assertChained();
  }

  private void assertChained() {
    AuditHead before = AuditHead.START;
    for (AuditRecord record : all()) {
      assertThat(record).isEqualTo(AuditLine.next(before, record.time(), record.event()));
      before = record.head();
    }
  }

  @Test
  void A4_pages_holdWhatIsWantedNewestFirst() {
    List<AuditRecord> appended = append(50);
    List<AuditRecord> drops = new ArrayList<>();
    long before = 0;
    do {
      AuditPage page = Await.value(log.page(new AuditQuery(before, 3, "table", "")));
      assertThat(page.records()).hasSizeLessThanOrEqualTo(3);
      assertThat(page.head()).isEqualTo(appended.get(49).head());
      drops.addAll(page.records());
      before = page.next();
    } while (before != 0);
    List<AuditRecord> expected =
        new ArrayList<>(
            appended.stream().filter(each -> each.event().action().equals("table.drop")).toList());
    Collections.reverse(expected);
    assertThat(drops).isEqualTo(expected);
    assertThat(Await.value(log.page(new AuditQuery(0, 5, "", "subject 17"))).records())
        .containsExactly(appended.get(16));
    assertThat(Await.value(log.page(new AuditQuery(11, 2, "", ""))).records())
        .containsExactly(appended.get(9), appended.get(8));
    assertThat(Await.value(log.page(new AuditQuery(0, 5, "tab", ""))).records()).isEmpty();
  }

  @Test
  void A5_textsOfAnyKind_comeBack() throws Exception {
    String odd = "tab\there, line\nbreak\r, \\n is no break, \u0000\u007f\u0085\u2028 Zürich 機 😀";
    AuditEvent event =
        AuditEvent.of(Actor.party(odd, odd, odd), "job." + odd, odd, Outcome.REFUSED, odd);
    AuditEvent cut =
        AuditEvent.asked(
            Actor.SITE, "a".repeat(100), "😀".repeat(1000), "x" + "😀".repeat(2000) + "\ud83d");
    Await.value(log.append(event));
    Await.value(log.append(cut));
    if (lasting()) {
      log.close();
      log = open();
    }
    assertThat(all()).extracting(AuditRecord::event).containsExactly(event, cut);
    assertChained();
  }

  @Test
  void A6_aClosedLog_refuses() {
    append(1);
    log.close();
    log.close();
    assertThat(Await.failure(log.append(event("job.submit", 2))))
        .matches(failure -> failure.kind() == FailureKind.UNAVAILABLE)
        .matches(failure -> failure.code().equals("audit.closed"));
    assertThat(Await.failure(log.page(AuditQuery.newest(1))).code()).isEqualTo("audit.closed");
  }
}
