package io.fedflow.server.cli;

import io.fedflow.server.cli.SuiteResult.Outcome;
import io.fedflow.transport.client.FlowHttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Stops jobs that take too many times what they took in another run, but for those whose model,
 * cache or data others of the suite need. Thread-safe.
 *
 * @param beside how long they took there
 * @param factor how many times as long they may take; null for as long as they like
 */
record SuitePatience(SuiteBeside beside, Double factor) {

  /**
   * Watches a job.
   *
   * @param begun when it was submitted, in {@link System#nanoTime}
   * @return ends the watch
   */
  Watch watch(Suite suite, SuiteTask task, long begun, FlowHttpClient site, String jobId) {
    boolean needed =
        suite.tasks().stream().anyMatch(each -> each.needs().all().anyMatch(task.name()::equals));
    Optional<Duration> limit =
        factor == null || needed
            ? Optional.empty()
            : beside.limit(suite.name(), task.name(), factor);
    Watch watch = new Watch(site, jobId);
    limit.ifPresent(most -> watch.begin(most.toNanos() - (System.nanoTime() - begun)));
    return watch;
  }

  /** The watch over one job, until it is closed. Thread-safe. */
  static final class Watch implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Watch.class.getName());

    private final FlowHttpClient site;
    private final String jobId;
    private volatile boolean closed;
    private volatile boolean stopped;

    private Watch(FlowHttpClient site, String jobId) {
      this.site = site;
      this.jobId = jobId;
    }

    private void begin(long nanos) {
      Executor later = CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS);
      CompletableFuture.runAsync(this::stop, later);
    }

    private void stop() {
      if (closed) {
        return;
      }
      stopped = true;
      site.stop(jobId)
          .exceptionally(
              refused -> {
                LOG.log(
                    System.Logger.Level.WARNING,
                    "the job " + jobId + " cannot be stopped",
                    refused);
                return "";
              });
    }

    /** How the job counts that ended like this. */
    Outcome outcome(JobEnd end) {
      if (end.good()) {
        return Outcome.PASSED;
      }
      return stopped && end.status().equals("canceled") ? Outcome.STOPPED : Outcome.FAILED;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
