package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.dsl.JobPlan;
import io.fedflow.party.Party;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs one party's part of tasks. Thread-safe; never blocks its caller.
 *
 * <p>Promises, each for one part, which is one attempt at one party:
 *
 * <ul>
 *   <li>R1 {@link #start} begins a part once; one that runs already is left alone.
 *   <li>R2 {@code ended} is called exactly once for every part that was taken, never inside {@link
 *       #start}, and never if that threw.
 *   <li>R3 inputs, parameters, messages, tables and randomness reach the component as they are;
 *       outputs, model, metrics, summary and log are stored as the component gave them, durable
 *       before a good end is told.
 *   <li>R4 a stopped part's end is told promptly, as CANCELED with the reason, whether its
 *       component reacts or not.
 *   <li>R5 a part is fenced when {@link #stop} returns: whatever its component still does stores no
 *       output, model, metric, summary, log line or checkpoint, and sends no message. If it was
 *       storing its outputs already, they are stored whole and the end is good.
 *   <li>R6 no two attempts of one task at one party: a later one fences an earlier one, and waits
 *       for what that one is storing.
 *   <li>R7 {@link #strays} tells every part whose end was told but whose component still runs,
 *       since when and where; with {@link Capabilities#kills} there are none for long.
 *   <li>R8 what an attempt kept by {@code checkpoint} is what the next attempt is given by {@code
 *       restored}, until one ends well.
 *   <li>R9 whatever a component throws fails its own part, with the cause, and nothing else; with
 *       {@link Capabilities#crashIsolation} so does the end of its process, with {@link
 *       Capabilities#memoryIsolation} so does running out of memory.
 *   <li>R10 whatever a component left in {@code scratch} is gone when its part ended, however that
 *       was; of a stray, when its component ends.
 * </ul>
 */
public interface TaskRunner extends AutoCloseable {

  /** What this runner can do; always the same value. */
  default Capabilities capabilities() {
    return Capabilities.NONE;
  }

  /**
   * Starts a part (R1).
   *
   * @param work which part
   * @param ended called once (R2), on a thread of the runner, with a {@link PartyEvent.TaskEnded},
   *     or a {@link PartyEvent.TaskLost} if the process that ran it was ended from outside
   * @throws io.fedflow.failure.FedflowException {@code task.no_thread} if the runner cannot start
   *     it, {@code task.stale} if a later attempt is here, {@code task.isolation} if the runner
   *     cannot run this component; {@code ended} is not called then
   */
  void start(Work work, Consumer<PartyEvent> ended);

  /**
   * Ends and fences a part (R4, R5); nothing happens if it does not run or stores its outputs.
   *
   * @param reason for the waits that end
   */
  void stop(TaskId task, Party party, String reason);

  /** The parts that are over for everybody but their own component (R7), longest first. */
  default List<Stray> strays() {
    return List.of();
  }

  /** Keeps messages of a job again that was to be forgotten: it is run once more. */
  default void expect(String jobId) {}

  /** Drops what a finished job left: messages that nobody took. */
  void forget(String jobId);

  /** Ends every part and releases every thread. */
  @Override
  void close();

  /**
   * A part to run.
   *
   * @param task the attempt
   * @param party for whom
   * @param plan the job's plan
   * @param job the party's view of the job, for model id and seed
   */
  record Work(TaskId task, Party party, JobPlan plan, JobRow job) {}

  /**
   * What a runner shields the site from.
   *
   * @param crashIsolation a component may end its process and nothing else
   * @param memoryIsolation a component may run out of memory and nothing else does
   * @param kills a component that does not react is ended all the same
   */
  record Capabilities(boolean crashIsolation, boolean memoryIsolation, boolean kills) {

    /** None of it: the component runs among the site's own threads. */
    public static final Capabilities NONE = new Capabilities(false, false, false);

    /** All of it. */
    public static final Capabilities ALL = new Capabilities(true, true, true);
  }

  /**
   * A component that did not react to its end.
   *
   * @param task the attempt
   * @param party for whom it ran
   * @param since epoch milliseconds of its end
   * @param reason why it was ended
   * @param thread the thread that it keeps
   * @param at what that thread does now; empty if it just ended
   */
  record Stray(TaskId task, Party party, long since, String reason, String thread, String at) {}
}
