package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.dsl.JobPlan;
import io.fedflow.party.Party;
import java.util.function.Consumer;

/** Runs one party's part of tasks. Thread-safe; never blocks its caller. */
public interface TaskRunner extends AutoCloseable {

  /**
   * Starts a part; a part that runs already is left alone.
   *
   * @param work which part
   * @param ended called once, on a thread of the runner, when the part is over and its outputs are
   *     durable
   * @throws io.fedflow.failure.FedflowException {@code task.no_thread} if the runner cannot start
   *     it; {@code ended} is not called then
   */
  void start(Work work, Consumer<PartyEvent.TaskEnded> ended);

  /**
   * Ends a running part as fast as the runner can; nothing happens if it does not run. Its {@code
   * ended} is still called.
   *
   * @param reason for the waits that end
   */
  void stop(TaskId task, Party party, String reason);

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
}
