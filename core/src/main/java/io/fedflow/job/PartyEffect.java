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
   * @param lost whether it failed only because the process that ran it ended
   * @param traffic what crossed
   */
  record Report(TaskId task, TaskStatus status, String cause, boolean lost, Traffic traffic)
      implements PartyEffect {

    /** The report of an attempt that ended at its party. */
    static Report of(TaskRow row) {
      return new Report(row.task(), row.partyStatus(), row.cause(), row.lost(), row.traffic());
    }
  }

  /** Ask the coordinator for all words that this party may have missed. */
  record Align() implements PartyEffect {}

  /** The job goes on at this party: take its messages again. */
  record Expect() implements PartyEffect {}

  /** The job is over at this party: forget its messages. */
  record Forget() implements PartyEffect {}
}
