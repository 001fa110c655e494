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
 * @param status where the attempt stands over all its parties, as the coordinator said
 * @param partyStatus where it stands at this party
 * @param cause why it ended other than well; empty otherwise
 * @param lost whether it failed only because the process that ran it ended
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
    boolean lost,
    Map<String, Object> params,
    Traffic traffic,
    long createTime,
    long startTime,
    long endTime,
    long updateTime,
    long revision) {

  private static final Traffic NONE = new Traffic(0, 0, 0, 0);

  /** The first revision of an attempt that waits. */
  public static TaskRow waiting(
      TaskId task, Party party, String module, Map<String, Object> params, long created, long now) {
    return new TaskRow(
        task,
        party,
        module,
        TaskStatus.WAITING,
        TaskStatus.WAITING,
        "",
        false,
        params,
        NONE,
        created,
        0,
        0,
        now,
        1);
  }

  /** The first revision of another attempt of the same task. */
  public TaskRow attempt(int version, long now) {
    return waiting(
        new TaskId(task.jobId(), task.component(), version), party, module, params, now, now);
  }

  /** This row as the first revision that is stored. */
  TaskRow unstored() {
    return new TaskRow(
        task,
        party,
        module,
        status,
        partyStatus,
        cause,
        lost,
        params,
        traffic,
        createTime,
        startTime,
        endTime,
        updateTime,
        1);
  }

  /** The first revision of an attempt of another job that takes over this one's end. */
  TaskRow inheritedAs(TaskId heir, long created, long now) {
    return new TaskRow(
        heir,
        party,
        module,
        status,
        partyStatus,
        "",
        false,
        params,
        traffic,
        created,
        startTime,
        endTime,
        now,
        1);
  }

  /** The next revision of this row, which waits, with other parameters. */
  TaskRow with(Map<String, Object> nextParams, long now) {
    return new TaskRow(
        task,
        party,
        module,
        status,
        partyStatus,
        cause,
        lost,
        nextParams,
        traffic,
        createTime,
        startTime,
        endTime,
        now,
        revision + 1);
  }

  /** The next revision of this row with another status over all parties. */
  public TaskRow told(TaskStatus federated, long now) {
    return told(federated, "", now);
  }

  /**
   * The same with why it ended other than well over all parties; a cause of this party's own stays.
   */
  public TaskRow told(TaskStatus federated, String why, long now) {
    return next(federated, partyStatus, cause.isEmpty() ? why : cause, lost, traffic, now);
  }

  /** The next revision of this row in another status at this party. */
  public TaskRow moved(TaskStatus own, String why, Traffic crossed, long now) {
    return next(status, own, why, lost, crossed, now);
  }

  /** The next revision of this row in other statuses, over all parties and at this one. */
  public TaskRow moved(TaskStatus federated, TaskStatus own, String why, long now) {
    return next(federated, own, why, lost, traffic, now);
  }

  /** The next revision of this row, whose process ended while it ran. */
  public TaskRow gone(String why, long now) {
    return next(status, TaskStatus.FAILED, why, true, traffic, now);
  }

  private TaskRow next(
      TaskStatus federated,
      TaskStatus own,
      String why,
      boolean nowLost,
      Traffic crossed,
      long now) {
    boolean begins = own == TaskStatus.RUNNING && partyStatus != TaskStatus.RUNNING;
    boolean ends = own.terminal() && !partyStatus.terminal();
    return new TaskRow(
        task,
        party,
        module,
        federated,
        own,
        why,
        nowLost,
        params,
        crossed,
        createTime,
        begins ? now : startTime,
        ends ? now : endTime,
        now,
        revision + 1);
  }
}
