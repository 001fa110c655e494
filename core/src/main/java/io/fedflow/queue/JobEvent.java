package io.fedflow.queue;

import io.fedflow.party.Party;
import java.util.Map;

/**
 * One thing that happened to a job, in the event queue. Immutable.
 *
 * @param jobId the job
 * @param sequence 1, 2, 3, … without gaps inside a job at one site
 * @param time epoch milliseconds
 * @param party whose view changed
 * @param kind {@code job.status}, {@code job.parameters}, {@code task.status} or {@code
 *     task.party_status}
 * @param component the task's component; empty for events of the job
 * @param details small JSON values: {@code status}, {@code version}, {@code cause}
 */
public record JobEvent(
    String jobId,
    long sequence,
    long time,
    Party party,
    String kind,
    String component,
    Map<String, Object> details) {

  /** Copies the map. */
  public JobEvent {
    details = Map.copyOf(details);
  }
}
