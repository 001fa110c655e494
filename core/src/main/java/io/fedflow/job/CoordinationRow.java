package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the initiator's side keeps to coordinate a job, as it is stored. Immutable. Times are epoch
 * milliseconds, 0 for "not yet".
 *
 * @param jobId the job
 * @param initiator the party that coordinates
 * @param status where the job stands as a whole
 * @param cause why it ended other than well; empty otherwise
 * @param round how often it was run again; 0 for the first run
 * @param askRound which time the slots of the parties are asked for; 1 or more
 * @param created the parties that created the job, in this round
 * @param tasks every task at every party, in plan order
 * @param startTime when it began to run, in this round
 * @param updateTime when this row was written
 * @param revision 1 for the first write, one more for each further write
 * @param edition the last number that was given to an update of the parameters, whether all parties
 *     took it or not; 0 if there was none
 */
public record CoordinationRow(
    String jobId,
    Party initiator,
    JobStatus status,
    String cause,
    int round,
    int askRound,
    List<Party> created,
    List<HeldTask> tasks,
    long startTime,
    long updateTime,
    long revision,
    int edition) {

  /** Copies the lists. */
  public CoordinationRow {
    created = List.copyOf(created);
    tasks = List.copyOf(tasks);
  }

  /** Ended tasks in percent. */
  public int progress() {
    long ended = tasks.stream().filter(task -> task.status().terminal()).count();
    return tasks.isEmpty() ? 0 : (int) (100 * ended / tasks.size());
  }

  /** How many tasks run. */
  long running() {
    return tasks.stream().filter(task -> task.status() == TaskStatus.RUNNING).count();
  }

  /** The version of every task's attempt that waits. */
  public Map<String, Integer> waiting() {
    Map<String, Integer> waiting = new LinkedHashMap<>();
    tasks.stream()
        .filter(task -> task.status() == TaskStatus.WAITING)
        .forEach(task -> waiting.put(task.component(), task.version()));
    return waiting;
  }

  /** The id of a task's current attempt. */
  public TaskId attempt(HeldTask task) {
    return new TaskId(jobId, task.component(), task.version());
  }

  /**
   * The current attempt of one task as the coordinator sees it, and how it came to it.
   *
   * @param component its name
   * @param version the current attempt
   * @param status over all parties
   * @param atParties the last status that each party that runs it reported, in conf order
   * @param retries how many of {@code auto_retries} are used
   * @param restarts how many attempts in a row were lost with the process that ran them
   * @param notBefore when a retry may start at the earliest
   * @param startTime when this attempt was started
   */
  public record HeldTask(
      String component,
      int version,
      TaskStatus status,
      Map<Party, TaskStatus> atParties,
      int retries,
      int restarts,
      long notBefore,
      long startTime) {

    /** Copies the map. */
    public HeldTask {
      atParties = Collections.unmodifiableMap(new LinkedHashMap<>(atParties));
    }

    /** The first attempt of a task. */
    public static HeldTask first(String component, Iterable<Party> runners) {
      Map<Party, TaskStatus> waiting = new LinkedHashMap<>();
      runners.forEach(party -> waiting.put(party, TaskStatus.WAITING));
      return new HeldTask(component, 0, TaskStatus.WAITING, waiting, 0, 0, 0, 0);
    }

    /** This attempt in another status over all parties. */
    HeldTask in(TaskStatus next) {
      return new HeldTask(
          component, version, next, atParties, retries, restarts, notBefore, startTime);
    }

    /** This attempt with another status of one party. */
    HeldTask at(Party party, TaskStatus reported) {
      Map<Party, TaskStatus> next = new LinkedHashMap<>(atParties);
      next.put(party, reported);
      return new HeldTask(
          component, version, status, next, retries, restarts, notBefore, startTime);
    }

    /** This attempt, started at all its parties. */
    HeldTask started(long now) {
      return new HeldTask(
          component,
          version,
          atParties.isEmpty() ? TaskStatus.PASS : TaskStatus.RUNNING,
          all(TaskStatus.RUNNING),
          retries,
          restarts,
          notBefore,
          now);
    }

    /** This attempt, ended over all parties and at those that have not ended themselves. */
    HeldTask ended(TaskStatus how) {
      Map<Party, TaskStatus> next = new LinkedHashMap<>(atParties);
      next.replaceAll((party, own) -> own.terminal() ? own : how);
      return new HeldTask(component, version, how, next, retries, restarts, notBefore, startTime);
    }

    /** The next attempt. */
    HeldTask next(int usedRetries, int lostInARow, long earliest) {
      return new HeldTask(
          component,
          version + 1,
          TaskStatus.WAITING,
          all(TaskStatus.WAITING),
          usedRetries,
          lostInARow,
          earliest,
          0);
    }

    private Map<Party, TaskStatus> all(TaskStatus one) {
      Map<Party, TaskStatus> all = new LinkedHashMap<>(atParties);
      all.replaceAll((party, own) -> one);
      return all;
    }
  }
}
