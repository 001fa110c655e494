package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.federation.Federation.Traffic;

/** What a party must do after its state was stored. Every effect is idempotent under its task. */
public sealed interface PartyEffect {

  /** Run the party's part of a task. */
  record RunTask(TaskId task) implements PartyEffect {}

  /**
   * End the party's running part of a task; its row is terminal already.
   *
   * @param task the attempt
   * @param reason for the waits that end
   */
  record StopTask(TaskId task, String reason) implements PartyEffect {}

  /**
   * Tell the coordinator how the party's part ended.
   *
   * @param task the attempt
   * @param status how
   * @param cause why, unless well
   * @param traffic what crossed
   */
  record Report(TaskId task, TaskStatus status, String cause, Traffic traffic)
      implements PartyEffect {}

  /** The job is over at this party: forget its messages. */
  record Forget() implements PartyEffect {}
}
