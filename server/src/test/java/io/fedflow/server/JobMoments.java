package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.Fedflow;
import io.fedflow.queue.JobEvent;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.client.JobFollowing;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Moments of a job as its events tell them. */
final class JobMoments {

  private JobMoments() {}

  /**
   * Waits until so much news came that was not seen before; false if the job ended before.
   *
   * @param seen the last stored event that was seen
   */
  static boolean live(String url, String jobId, AtomicLong seen, int count) throws Exception {
    CountDownLatch left = new CountDownLatch(count);
    try (JobFollowing following =
        FlowHttpClient.of(url)
            .follow(
                jobId,
                seen.get(),
                news -> {
                  seen.accumulateAndGet(news.sequence(), Math::max);
                  left.countDown();
                })) {
      following.ended().whenComplete((end, failed) -> drain(left));
      assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
      return !following.ended().toCompletableFuture().isDone();
    }
  }

  private static void drain(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      latch.countDown();
    }
  }

  /** Checks that no attempt was started twice at a party of a site. */
  static void startsOncePerAttempt(Fedflow site, String jobId) throws Exception {
    List<JobEvent> events = Await.result(site.queue().events(jobId, 0, 10_000));
    Map<String, Long> starts =
        events.stream()
            .filter(event -> event.kind().equals("task.party_status"))
            .filter(event -> event.details().get("status").equals("running"))
            .collect(
                Collectors.groupingBy(
                    event ->
                        event.component() + event.details().get("version") + " at " + event.party(),
                    Collectors.counting()));
    assertThat(starts).isNotEmpty();
    assertThat(starts.values()).as("starts %s", starts).containsOnly(1L);
  }
}
