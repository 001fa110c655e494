package io.fedflow.spi;

import io.fedflow.job.JobStatus;
import java.util.List;
import java.util.Set;

/**
 * Which views of jobs to read. Empty collections do not filter.
 *
 * @param jobIds exact ids
 * @param roles role names
 * @param partyIds party ids
 * @param statuses statuses
 * @param newestFirst order by creation time, newest or oldest first; ties by id, then party
 * @param offset how many to skip; at least 0
 * @param limit how many at most; 1..100,000
 */
public record JobQuery(
    List<String> jobIds,
    List<String> roles,
    List<String> partyIds,
    Set<JobStatus> statuses,
    boolean newestFirst,
    int offset,
    int limit) {

  /** Copies the collections. */
  public JobQuery {
    jobIds = List.copyOf(jobIds);
    roles = List.copyOf(roles);
    partyIds = List.copyOf(partyIds);
    statuses = Set.copyOf(statuses);
  }

  /** Everything of one job. */
  public static JobQuery ofJob(String jobId) {
    return new JobQuery(List.of(jobId), List.of(), List.of(), Set.of(), false, 0, 100_000);
  }

  /** One party's view of one job. */
  public static JobQuery of(String jobId, io.fedflow.party.Party party) {
    return new JobQuery(
        List.of(jobId), List.of(party.role().name()), List.of(party.id()), Set.of(), false, 0, 1);
  }
}
