package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.party.Party;
import java.util.Map;

/**
 * One party's view of one attempt of a task, as it is stored. Immutable. Times are epoch
 * milliseconds, 0 for "not yet".
 *
 * @param task the attempt
 * @param party whose view this is
 * @param module the module that runs
 * @param status where the task stands over all its parties, as the coordinator said
 * @param partyStatus where it stands at this party
 * @param cause why it ended other than well; empty otherwise
 * @param params the resolved parameters, defaults included
 * @param traffic what crossed to and from this party
 * @param createTime when this party created it
 * @param startTime when it began to run here
 * @param endTime when it ended here
 * @param updateTime when this row was last written
 * @param revision 1 for the first write, one more for each further write
 */
public record TaskRow(
    TaskId task,
    Party party,
    String module,
    TaskStatus status,
    TaskStatus partyStatus,
    String cause,
    Map<String, Object> params,
    Traffic traffic,
    long createTime,
    long startTime,
    long endTime,
    long updateTime,
    long revision) {

  /** The next revision of this row with another status over all parties. */
  public TaskRow told(TaskStatus federated, long now) {
    return new TaskRow(
        task,
        party,
        module,
        federated,
        partyStatus,
        cause,
        params,
        traffic,
        createTime,
        startTime,
        endTime,
        now,
        revision + 1);
  }

  /** The next revision of this row in another status at this party. */
  public TaskRow moved(TaskStatus next, String why, Traffic crossed, long now) {
    return new TaskRow(
        task,
        party,
        module,
        status,
        next,
        why,
        params,
        crossed,
        createTime,
        next == TaskStatus.RUNNING ? now : startTime,
        next.terminal() ? now : endTime,
        now,
        revision + 1);
  }
}
