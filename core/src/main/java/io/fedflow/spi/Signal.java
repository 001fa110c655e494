package io.fedflow.spi;

import io.fedflow.component.TaskId;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Party;
import java.util.Locale;

/**
 * One thing that a site did, or that happened to it, with its cause. Holds no data of records.
 * Immutable. Durations are nanoseconds of a monotonic clock where not said otherwise.
 */
public sealed interface Signal {

  /** What {@code by} says of the job as a whole. */
  String COORDINATOR = "coordinator";

  /** The job; empty if it is about none. */
  String jobId();

  /** Why it went other than well; empty if it went well. */
  default String cause() {
    return "";
  }

  /**
   * A turn is durable.
   *
   * @param by {@link #COORDINATOR} if its row is among what was written, or else the party as
   *     {@code role:id}; the first of several
   * @param rows how many rows it wrote
   * @param events how many events it appended
   * @param tries how often it was tried; at least 1
   * @param nanos from its handing over to its being durable, tries included
   */
  record TurnStored(String jobId, String by, int rows, int events, int tries, long nanos)
      implements Signal {}

  /**
   * The store was not there for a turn, which is stored again after a pause.
   *
   * @param tries how often it was tried so far; at least 1
   * @param pauseMillis until the next try
   * @param cause what the store said
   */
  record StoreRetried(String jobId, int tries, long pauseMillis, String cause) implements Signal {}

  /**
   * A consequence of a stored turn was carried out, or handed to who carries it out.
   *
   * @param by {@link #COORDINATOR}, or the party as {@code role:id}
   * @param effect the name of its kind
   */
  record EffectDone(String jobId, String by, String effect) implements Signal {}

  /** What became of a command. */
  enum Delivery {
    /** The party stored what it asks. */
    ARRIVED,
    /** The party answered with a no. */
    REFUSED,
    /** The party could not be reached for longer than the sender is patient. */
    LOST;

    /** As metrics and events write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A command to a party is over. Those that a closing site drops are not told.
   *
   * @param to the party
   * @param command the name of its kind
   * @param delivery what became of it
   * @param tries how often it was sent; 0 if it was lost behind one that was lost
   * @param nanos since it was handed over, waiting behind earlier ones and pauses included
   * @param cause why it did not arrive, or was refused; empty if the party has it
   */
  record CommandSent(
      String jobId,
      Party to,
      String command,
      Delivery delivery,
      int tries,
      long nanos,
      String cause)
      implements Signal {}

  /**
   * A party could not be reached with a command, which is sent again after a pause.
   *
   * @param to the party
   * @param command the name of its kind
   * @param tries how often it was sent so far; at least 1
   * @param pauseMillis until the next try
   * @param cause what the last try met
   */
  record CommandRetried(
      String jobId, Party to, String command, int tries, long pauseMillis, String cause)
      implements Signal {}

  /**
   * A job moved from one status to another, and that is stored: READY to WAITING is its acceptance,
   * WAITING to RUNNING its admission, any terminal status its end.
   *
   * @param by {@link #COORDINATOR}, or the party as {@code role:id}
   * @param from the status that it left
   * @param to the status that it has now
   * @param millis how long it had the old status, by the wall clock; after a restart, since that
   * @param cause why it ended other than well
   */
  record JobMoved(String jobId, String by, JobStatus from, JobStatus to, long millis, String cause)
      implements Signal {}

  /**
   * A message or event came that no longer applies, and changed nothing.
   *
   * @param by whose part of the job ignored it: {@link #COORDINATOR}, the party, or {@code site}
   *     for all local parties at once
   * @param message the name of its kind
   * @param cause why it does not apply
   */
  record MessageIgnored(String jobId, String by, String message, String cause) implements Signal {}

  /**
   * An attempt of a task began to run at a party.
   *
   * @param task the attempt
   * @param party where
   * @param module the module that runs
   */
  record AttemptStarted(TaskId task, Party party, String module) implements Signal {
    @Override
    public String jobId() {
      return task.jobId();
    }
  }

  /**
   * An attempt of a task ended at a party.
   *
   * @param task the attempt
   * @param party where
   * @param module the module that ran
   * @param status how it ended; terminal
   * @param nanos how long it ran
   * @param cause why it ended other than well
   */
  record AttemptEnded(
      TaskId task, Party party, String module, TaskStatus status, long nanos, String cause)
      implements Signal {
    @Override
    public String jobId() {
      return task.jobId();
    }
  }

  /**
   * A job got its slots at this site.
   *
   * @param slots how many
   * @param waitedMillis since it asked for them, by the wall clock
   */
  record SlotsGranted(String jobId, int slots, long waitedMillis) implements Signal {}

  /** This server goes on with a job of another server of its site that ended or was fenced. */
  record JobTakenOver(String jobId) implements Signal {}

  /**
   * This server fenced another one of its site, whose lease had ended.
   *
   * @param instanceId the one that writes nothing more
   */
  record InstanceFenced(String instanceId) implements Signal {
    @Override
    public String jobId() {
      return "";
    }
  }
}
