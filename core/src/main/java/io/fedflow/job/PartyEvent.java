package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.federation.Federation.Traffic;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What can happen to a party's part of a job. */
public sealed interface PartyEvent {

  /**
   * The coordinator told where the job stands.
   *
   * @param round how often the job was run again before
   * @param status as a whole
   * @param progress in percent
   * @param cause why it ended other than well
   */
  record JobTold(int round, JobStatus status, int progress, String cause) implements PartyEvent {

    /** Of a job that was never run again. */
    public JobTold(JobStatus status, int progress, String cause) {
      this(0, status, progress, cause);
    }
  }

  /**
   * The job waits for slots.
   *
   * @param round how often the job was run again before
   * @param askRound which time its coordinator asks
   * @param slots what the site keeps for this party; empty if it has to wait
   */
  record SlotsAsked(int round, int askRound, OptionalInt slots) implements PartyEvent {}

  /**
   * The site keeps slots for the job.
   *
   * @param askRound the time of asking that this answers
   * @param slots how many for this party
   */
  record SlotsHeld(int askRound, int slots) implements PartyEvent {}

  /**
   * Somebody approved the job for this party.
   *
   * @param by who, for people
   */
  record Approved(String by) implements PartyEvent {}

  /**
   * The coordinator returned slots.
   *
   * @param askRound the time of asking
   */
  record SlotsReturned(int askRound) implements PartyEvent {}

  /**
   * The job is to be run again.
   *
   * @param round how often, this time included
   * @param attempts the version of every component's attempt that waits now
   * @param params the resolved parameters of every component of the party; what is missing keeps
   *     those of the attempt before
   */
  record RerunTold(
      int round, Map<String, Integer> attempts, Map<String, Map<String, Object>> params)
      implements PartyEvent {

    /** With the parameters of the attempts before. */
    public RerunTold(int round, Map<String, Integer> attempts) {
      this(round, attempts, Map.of());
    }
  }

  /**
   * The job has other parameters, for attempts that are yet to come.
   *
   * @param round how often it was run again once they take effect
   * @param edition the number of the update
   * @param conf the whole runtime conf
   * @param settings the completed job parameters
   */
  record ConfTold(int round, int edition, Map<String, Object> conf, Map<String, Object> settings)
      implements PartyEvent {}

  /**
   * The party took over what it inherits.
   *
   * @param attempts the first revisions of ended attempts
   */
  record Inherited(List<TaskRow> attempts) implements PartyEvent {

    /** Copies the list. */
    public Inherited {
      attempts = List.copyOf(attempts);
    }
  }

  /** The party cannot take over what it was to inherit. */
  record NotInherited() implements PartyEvent {}

  /**
   * A user described the job anew.
   *
   * @param text the description; may be empty
   */
  record NotesGiven(String text) implements PartyEvent {}

  /** The coordinator announced another attempt of a task. */
  record PrepareAsked(TaskId task) implements PartyEvent {}

  /** The coordinator asked to start an attempt of a task. */
  record StartAsked(TaskId task) implements PartyEvent {}

  /**
   * The coordinator told where a task stands over all parties.
   *
   * @param task the attempt
   * @param status over all parties
   * @param cause why it ended other than well
   */
  record TaskTold(TaskId task, TaskStatus status, String cause) implements PartyEvent {}

  /**
   * The party's own part of a task ended.
   *
   * @param task the attempt
   * @param status how
   * @param cause why, unless well
   * @param traffic what crossed
   */
  record TaskEnded(TaskId task, TaskStatus status, String cause, Traffic traffic)
      implements PartyEvent {}

  /**
   * The process that ran the party's part ended before the part did.
   *
   * @param task the attempt
   * @param cause how it came
   */
  record TaskLost(TaskId task, String cause) implements PartyEvent {}
}
