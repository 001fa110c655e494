package io.fedflow.job;

import io.fedflow.spi.Signal;
import io.fedflow.spi.Telemetry;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Tells telemetry how one job moves at this site. Called in the job's lane only. */
final class JobMoves {

  private final String jobId;
  private final Telemetry telemetry;
  private final InstantSource clock;
  private final long begun;
  private final Map<String, Long> lastMoves = new HashMap<>();

  JobMoves(String jobId, Telemetry telemetry, InstantSource clock) {
    this.jobId = jobId;
    this.telemetry = telemetry;
    this.clock = clock;
    this.begun = clock.millis();
  }

  /**
   * A turn was stored, in which the job may have moved.
   *
   * @param by whose view it is; see {@link Signal.JobMoved}
   */
  void moved(String by, JobStatus from, JobStatus to, String cause) {
    if (from == to || telemetry == Telemetry.NONE) {
      return;
    }
    long now = clock.millis();
    Long last = lastMoves.put(by, now);
    long millis = Math.max(0, now - (last == null ? begun : last));
    telemetry.signal(new Signal.JobMoved(jobId, by, from, to, millis, cause));
  }
}
