package io.fedflow.tracking;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.JOB;
import static io.fedflow.fakes.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.FlakyJobStore;
import io.fedflow.fakes.FlakyTrackingStore;
import io.fedflow.fakes.Refusals;
import io.fedflow.memory.MemoryStores;
import io.fedflow.spi.Stores;
import io.fedflow.tracking.TrackingManager.TaskNews;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskReporterTest {

  private final Stores memory = MemoryStores.create();
  private final FlakyTrackingStore store = new FlakyTrackingStore(memory.tracking());
  private final StoredTrackingManager tracking = new StoredTrackingManager(memory.jobs(), store);
  private final List<TaskNews> news = Collections.synchronizedList(new ArrayList<>());
  private final TaskReporter reporter =
      new TaskReporter(
          task("a"),
          GUEST,
          store,
          InstantSource.fixed(Instant.ofEpochMilli(5)),
          passed -> tracking.publish(JOB, passed));

  private void report() {
    reporter.metric("train", "loss", List.of(new MetricPoint(0, 1.0), new MetricPoint(1, 0.5)));
    reporter.metric("train", "loss", List.of(new MetricPoint(2, 0.25)));
    reporter.metricMeta("train", "loss", "LOSS", Map.of("unit_name", "old"));
    reporter.metricMeta("train", "loss", "LOSS", Map.of("unit_name", "iters"));
    reporter.summary(Map.of("a", 1));
    reporter.summary(Map.of("a", 2));
    reporter.progress(0.5, "half");
    reporter.debug("d");
    reporter.info("i");
    reporter.warning("w");
    reporter.error("e");
  }

  @Test
  void everythingIsStoredOnceFlushed() {
    report();
    reporter.flush();
    assertThat(Await.value(tracking.metrics(task("a"), GUEST)))
        .extracting(MetricValue::key, MetricValue::value, MetricValue::time)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(0, 1.0, 5L),
            org.assertj.core.groups.Tuple.tuple(1, 0.5, 5L),
            org.assertj.core.groups.Tuple.tuple(2, 0.25, 5L));
    assertThat(Await.value(tracking.metricMetas(task("a"), GUEST)))
        .extracting(MetricMeta::extras)
        .containsExactly(Map.of("unit_name", "iters"));
    assertThat(Await.value(tracking.summary(task("a"), GUEST))).contains(Map.of("a", 2));
    assertThat(Await.value(tracking.log(JOB, GUEST, "a", LogLine.Level.DEBUG, 0, 9)))
        .extracting(line -> line.number() + " " + line.level() + " " + line.text())
        .containsExactly("1 DEBUG d", "2 INFO i", "3 WARNING w", "4 ERROR e");
  }

  @Test
  void newsComesLiveWhetherStoredOrNot() {
    store.metrics(values -> new CompletableFuture<>()).logs(lines -> new CompletableFuture<>());
    tracking.follow(JOB, news::add);
    report();
    assertThat(news).filteredOn(TaskNews.Measured.class::isInstance).hasSize(3);
    assertThat(news).filteredOn(TaskNews.Logged.class::isInstance).hasSize(4);
    assertThat(news).contains(new TaskNews.Progressed(task("a"), GUEST, 0.5, "half"));
  }

  @Test
  void aFlushWaitsForTheStore() {
    CompletableFuture<Void> slow = new CompletableFuture<>();
    store.metrics(values -> slow);
    report();
    CompletableFuture<Void> flush =
        CompletableFuture.runAsync(reporter::flush, work -> new Thread(work).start());
    Await.until(
        "the rest is stored", () -> Await.value(tracking.summary(task("a"), GUEST)).isPresent());
    assertThat(flush).isNotDone();
    slow.complete(null);
    Await.value(flush);
  }

  @Test
  void whateverCannotBeStoredFailsTheFlushAsItself() {
    store.metrics(values -> CompletableFuture.failedStage(FlakyJobStore.down()));
    report();
    Refusals.assertRefused("store.down", reporter::flush, "metrics");
  }

  @Test
  void aSummaryThatCannotBeStoredFailsTheFlushAsItself() {
    store.others(() -> CompletableFuture.failedStage(FlakyJobStore.down()));
    report();
    Refusals.assertRefused("store.down", reporter::flush, "summary");
  }

  @Test
  void linesThatCannotBeStoredFailTheFlushAsItself() {
    store.logs(
        lines -> {
          throw FlakyJobStore.down();
        });
    report();
    Refusals.assertRefused("store.down", reporter::flush, "log");
  }

  @Test
  void aThrowingFollowerHarmsNeitherTheTaskNorTheOthers() {
    tracking.follow(
        JOB,
        passed -> {
          throw new IllegalStateException("bad");
        });
    tracking.follow(JOB, news::add);
    report();
    reporter.flush();
    assertThat(news).hasSize(8);
  }

  @Test
  void anOverlongLineIsCut() {
    reporter.info("x".repeat(10_001));
    reporter.flush();
    String text =
        Await.value(tracking.log(JOB, GUEST, "", LogLine.Level.DEBUG, 0, 9)).get(0).text();
    assertThat(text).hasSize(10_001).endsWith("x…");
  }

  @Test
  void oneThatEndsItsFollowingHearsNothingMore() throws Exception {
    AutoCloseable following = tracking.follow(JOB, news::add);
    tracking.follow("other", news::add);
    reporter.info("one");
    following.close();
    reporter.info("two");
    assertThat(news).hasSize(1);
  }

  @RepeatedTest(30)
  void oneThatComesWhileTheLastGoesIsKept() {
    for (int i = 0; i < 50; i++) {
      AutoCloseable last = tracking.follow(JOB, passed -> {});
      CompletableFuture<Void> going = CompletableFuture.runAsync(() -> close(last));
      List<TaskNews> own = new ArrayList<>();
      Consumer<TaskNews> consumer = own::add;
      AutoCloseable coming = tracking.follow(JOB, consumer);
      Await.value(going);
      reporter.progress(1, "");
      assertThat(own).hasSize(1);
      close(coming);
    }
  }

  private static void close(AutoCloseable following) {
    try {
      following.close();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }
}
