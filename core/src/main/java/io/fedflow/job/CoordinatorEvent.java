package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import java.util.List;

/** What can happen to a job as a whole, at its initiator. */
public sealed interface CoordinatorEvent {

  /**
   * A party answered the request to create the job.
   *
   * @param party which
   * @param refusal why it refused; empty if it created the job
   */
  record CreateAnswered(Party party, String refusal) implements CoordinatorEvent {}

  /**
   * The sites of all parties granted the slots.
   *
   * @param askRound the time of asking
   */
  record Admitted(int askRound) implements CoordinatorEvent {}

  /**
   * A site needs the slots that it granted for a job that comes first.
   *
   * @param askRound the time of asking for which it granted them
   */
  record YieldAsked(int askRound) implements CoordinatorEvent {}

  /**
   * A party reported its part of a task.
   *
   * @param task the attempt
   * @param party which
   * @param status at that party
   * @param cause why it ended other than well
   * @param lost whether it failed only because the process that ran it ended
   */
  record TaskReported(TaskId task, Party party, TaskStatus status, String cause, boolean lost)
      implements CoordinatorEvent {}

  /** Time passed: a timeout may be over, a retry may be due. */
  record TimePassed() implements CoordinatorEvent {}

  /**
   * The job is to end other than well.
   *
   * @param status CANCELED, TIMEOUT or FAILED
   * @param cause why
   */
  record StopAsked(JobStatus status, String cause) implements CoordinatorEvent {}

  /**
   * An ended job is to be run again.
   *
   * @param components which of them; empty for all
   * @param force whether those of them run again, too, that ended well
   * @param round the last round that the asker knows
   */
  record RerunAsked(List<String> components, boolean force, int round)
      implements CoordinatorEvent {}

  /**
   * A party answered the request to run the job again.
   *
   * @param round which time
   * @param party which
   * @param refusal why it refused; empty if the job waits there
   */
  record RerunAnswered(int round, Party party, String refusal) implements CoordinatorEvent {}

  /** An ended job is to get other parameters: the update needs a number. */
  record UpdateAsked() implements CoordinatorEvent {}

  /**
   * The site of some parties started again: what runs with them there lost its messages.
   *
   * @param parties all parties of that site
   */
  record SiteRestarted(List<Party> parties) implements CoordinatorEvent {}
}
