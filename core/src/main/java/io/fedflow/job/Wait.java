package io.fedflow.job;

import io.fedflow.party.Party;
import java.util.Locale;
import java.util.Objects;

/**
 * Why a job, or one component of it, is where it is: what it waits for, what runs, or how it ended.
 * Immutable.
 *
 * @param jobId the job
 * @param component the component; empty if it is about the job as a whole
 * @param cause what kind of reason it is
 * @param party whom it is about; null if it is about no party in particular
 * @param since since when it is so, epoch milliseconds
 * @param text the reason for a person
 * @param remedy what a person can do about it
 */
public record Wait(
    String jobId,
    String component,
    Cause cause,
    Party party,
    long since,
    String text,
    String remedy) {

  /** Checks that only the party is missing, if anything. */
  public Wait {
    Objects.requireNonNull(jobId, "jobId");
    Objects.requireNonNull(component, "component");
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(remedy, "remedy");
  }

  /** About a job as a whole. */
  static Wait ofJob(
      String jobId, Cause cause, Party party, long since, String text, String remedy) {
    return new Wait(jobId, "", cause, party, since, text, remedy);
  }

  /** What keeps something from moving, or that it moves, or ended. */
  public enum Cause {
    /** Other jobs hold the slots that it needs. */
    NO_SLOTS,
    /** A site was told to let no further job run. */
    PAUSED,
    /** A party has to approve the job first. */
    APPROVAL_PENDING,
    /** A party cannot be reached. */
    PEER_UNREACHABLE,
    /** A party has not answered the request to create the job, or to run it again. */
    CREATING,
    /** Another site coordinates the job, and knows more. */
    COORDINATOR,
    /** Components before it have not ended well yet. */
    UPSTREAM,
    /** The next attempt starts after a pause. */
    RETRY_DELAY,
    /** The store of this site does not take what happened. */
    STORE_DOWN,
    /** It runs. */
    RUNNING,
    /** Nothing keeps it; its next step is under way. */
    UNDER_WAY,
    /** It was stopped, but its component does not react and keeps a thread. */
    STRAY_THREAD,
    /** It ended because a table is not there. */
    TABLE_MISSING,
    /** It ended because a party does not allow it. */
    PERMISSION_REFUSED,
    /** It ended, well or for another reason. */
    ENDED;

    /** The code in lower case, as it stands in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
