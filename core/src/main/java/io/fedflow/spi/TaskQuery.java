package io.fedflow.spi;

import io.fedflow.job.TaskStatus;
import java.util.List;
import java.util.Set;

/**
 * Which views of tasks to read. Empty collections do not filter.
 *
 * @param jobIds exact ids
 * @param components component names
 * @param roles role names
 * @param partyIds party ids
 * @param statuses statuses over all parties
 * @param partyStatuses statuses at the row's party
 * @param onlyLatest only the highest version of each task at each party
 * @param offset how many to skip; at least 0
 * @param limit how many at most; 1..100,000
 */
public record TaskQuery(
    List<String> jobIds,
    List<String> components,
    List<String> roles,
    List<String> partyIds,
    Set<TaskStatus> statuses,
    Set<TaskStatus> partyStatuses,
    boolean onlyLatest,
    int offset,
    int limit) {

  /** Copies the collections. */
  public TaskQuery {
    jobIds = List.copyOf(jobIds);
    components = List.copyOf(components);
    roles = List.copyOf(roles);
    partyIds = List.copyOf(partyIds);
    statuses = Set.copyOf(statuses);
    partyStatuses = Set.copyOf(partyStatuses);
  }

  /** The latest attempts of one job at all parties. */
  public static TaskQuery ofJob(String jobId) {
    return new TaskQuery(
        List.of(jobId), List.of(), List.of(), List.of(), Set.of(), Set.of(), true, 0, 100_000);
  }

  /** The latest attempt of one component at one party. */
  public static TaskQuery of(String jobId, String component, io.fedflow.party.Party party) {
    return new TaskQuery(
        List.of(jobId),
        List.of(component),
        List.of(party.role().name()),
        List.of(party.id()),
        Set.of(),
        Set.of(),
        true,
        0,
        1);
  }
}
