package io.fedflow.examples.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.Fedflow;
import io.fedflow.JobHandle;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.queue.JobEvent;
import io.fedflow.tracking.TrackingManager.TaskNews;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CustomJobTest {

  @TempDir Path folder;

  @Test
  void ownComponentsOwnStoreAndOwnThreadsOfWhichNoneIsEnded() throws Exception {
    Path audit = folder.resolve("audit.log");
    List<TaskNews> news = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> lastEvent = new CompletableFuture<>();
    try (HostThreads threads = HostThreads.create()) {
      try (Fedflow site = CustomJob.site(threads, audit)) {
        JobHandle job = run(site, event -> lastEvent(event, lastEvent), news::add);

        assertThat(job.completion().toCompletableFuture().join().cause()).isEmpty();
        assertThat(job.completion().toCompletableFuture().join().status())
            .isEqualTo(JobStatus.SUCCESS);
        for (Party party : List.of(CustomJob.GUEST, CustomJob.HOST, Party.of("arbiter", "10001"))) {
          assertThat(CustomJob.total(site, job.jobId(), party)).isEqualTo(Map.of("total", 1_111L));
        }
        assertThat(Files.readAllLines(audit))
            .contains(job.jobId() + " guest:9999 task.status total_0 success");
        assertThat(own()).as("threads of the site's own").isEmpty();
      }
      assertThat(lastEvent).isCompleted();
      assertThat(news).hasAtLeastOneElementOfType(TaskNews.Logged.class);
      for (ExecutorService executor : threads.all()) {
        assertThat(executor.isShutdown()).isFalse();
        assertThat(executor.submit(() -> "works").get(20, TimeUnit.SECONDS)).isEqualTo("works");
      }
    }
  }

  @Test
  void aSiteThatMakesItsThreadsReleasesThemAll() throws Exception {
    try (Fedflow site = Fedflow.builder().component(CustomJob.stored()).build()) {
      JobHandle job = run(site, event -> {}, told -> {});
      assertThat(job.completion().toCompletableFuture().join().good()).isTrue();
      assertThat(own()).isNotEmpty();
    }
    for (Thread thread : ownThreads()) {
      // A pool counts a thread as gone a moment before it is.
      thread.join(20_000);
    }
    assertThat(own()).isEmpty();
  }

  private JobHandle run(
      Fedflow site,
      java.util.function.Consumer<JobEvent> events,
      java.util.function.Consumer<TaskNews> news)
      throws Exception {
    return CustomJob.run(site, new double[] {1, 10}, new double[] {100, 1000}, events, news);
  }

  private static void lastEvent(JobEvent event, CompletableFuture<Void> seen) {
    if (event.kind().equals("task.status") && "success".equals(event.details().get("status"))) {
      seen.complete(null);
    }
  }

  /** The names of threads that a site made. */
  private static List<String> own() {
    return ownThreads().stream().map(Thread::getName).toList();
  }

  private static List<Thread> ownThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("fedflow-"))
        .toList();
  }
}
