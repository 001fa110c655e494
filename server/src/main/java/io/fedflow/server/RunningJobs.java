package io.fedflow.server;

import io.fedflow.Site;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.JobQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the running jobs of a site, at every party it acts for. */
final class RunningJobs {

  private static final int MOST = 10_000;

  private final Site site;

  RunningJobs(Site site) {
    this.site = site;
  }

  /** Waits until all ended or the time is over; tells how many there were. */
  int await(Duration longest) throws Exception {
    List<JobRow> running =
        Await.result(
            site.tracking()
                .jobs(
                    new JobQuery(
                        List.of(),
                        List.of(),
                        List.of(),
                        Set.of(JobStatus.RUNNING),
                        false,
                        0,
                        MOST)));
    List<AutoCloseable> followers = new ArrayList<>();
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (JobRow job : running) {
      CompletableFuture<Void> end = new CompletableFuture<>();
      ends.add(end);
      followers.add(site.queue().follow(job.jobId(), 0, event -> seen(job, event, end)));
    }
    try {
      CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new))
          .get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException impatient) {
      // The jobs end as failed when the server starts again.
    } finally {
      for (AutoCloseable follower : followers) {
        follower.close();
      }
    }
    return running.size();
  }

  private static void seen(JobRow job, JobEvent event, CompletableFuture<Void> end) {
    if (event.kind().equals("job.status")
        && event.party().equals(job.party())
        && JobStatus.of(String.valueOf(event.details().get("status")))
            .filter(JobStatus::terminal)
            .isPresent()) {
      end.complete(null);
    }
  }
}
