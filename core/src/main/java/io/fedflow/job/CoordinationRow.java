package io.fedflow.job;

import io.fedflow.party.Party;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the initiator's side keeps to coordinate a job, as it is stored. Immutable.
 *
 * @param jobId the job
 * @param initiator the party that coordinates
 * @param status where the job stands as a whole
 * @param cause why it ended other than well; empty otherwise
 * @param created the parties that created the job
 * @param tasks every task at every party, in plan order
 * @param updateTime epoch milliseconds of this write
 * @param revision 1 for the first write, one more for each further write
 */
public record CoordinationRow(
    String jobId,
    Party initiator,
    JobStatus status,
    String cause,
    List<Party> created,
    List<HeldTask> tasks,
    long updateTime,
    long revision) {

  /** Copies the lists. */
  public CoordinationRow {
    created = List.copyOf(created);
    tasks = List.copyOf(tasks);
  }

  /**
   * One task as the coordinator sees it.
   *
   * @param component its name
   * @param version the current attempt
   * @param status over all parties
   * @param atParties the last status that each party that runs it reported, in conf order
   */
  public record HeldTask(
      String component, int version, TaskStatus status, Map<Party, TaskStatus> atParties) {

    /** Copies the map. */
    public HeldTask {
      atParties = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(atParties));
    }
  }
}
