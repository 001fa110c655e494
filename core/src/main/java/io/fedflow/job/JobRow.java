package io.fedflow.job;

import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * One party's view of a job, as it is stored. Immutable. Times are epoch milliseconds, 0 for "not
 * yet".
 *
 * @param jobId the job
 * @param party whose view this is
 * @param initiator the party that submitted the job
 * @param parties all parties
 * @param dsl the DSL as submitted
 * @param conf the runtime conf as submitted
 * @param settings the completed job parameters
 * @param modelId the model that the job makes or uses
 * @param modelVersion its version
 * @param seed what all choices of the job derive from
 * @param status where the job stands for this party
 * @param progress ended tasks in percent, 0..100
 * @param cause why it ended other than well; empty otherwise
 * @param notes the user's description; may be empty
 * @param round how often it was run again; 0 for the first run
 * @param slots how many slots this party's site keeps for it; 0 while it holds none
 * @param slotRound the time of asking for which it holds them; 0 while it holds none
 * @param unapproved whether the party has to approve the job before it may run
 * @param createTime when this party created it
 * @param startTime when it began to run
 * @param endTime when it ended
 * @param updateTime when this row was last written
 * @param revision 1 for the first write, one more for each further write
 * @param edition which update of its parameters the conf is; 0 as submitted
 * @param inheritance what it takes over from another job, and how far that is
 */
public record JobRow(
    String jobId,
    Party party,
    Party initiator,
    Parties parties,
    Map<String, Object> dsl,
    Map<String, Object> conf,
    Map<String, Object> settings,
    String modelId,
    String modelVersion,
    long seed,
    JobStatus status,
    int progress,
    String cause,
    String notes,
    int round,
    int slots,
    int slotRound,
    boolean unapproved,
    long createTime,
    long startTime,
    long endTime,
    long updateTime,
    long revision,
    int edition,
    Inheritance inheritance) {

  /** The view whose documents count: the initiator's, else the one that was updated last. */
  public static Optional<JobRow> leading(Collection<JobRow> views) {
    return views.stream()
        .max(Comparator.comparing(JobRow::isInitiator).thenComparingInt(JobRow::edition));
  }

  /** Tells whether this is the view of the initiator. */
  public boolean isInitiator() {
    return party.equals(initiator);
  }

  /** The next revision of this row in another status; what is over holds no slots. */
  public JobRow moved(JobStatus next, String why, long now) {
    boolean started = next == JobStatus.RUNNING && startTime == 0;
    return copy(
        next,
        next == JobStatus.SUCCESS ? 100 : progress,
        why,
        notes,
        round,
        next.terminal() ? 0 : slots,
        next.terminal() ? 0 : slotRound,
        started ? now : startTime,
        next.terminal() ? now : endTime,
        now);
  }

  /** The next revision of this row, which waits and holds so many slots. */
  public JobRow waits(int heldSlots, int askRound, long now) {
    return slotted(JobStatus.WAITING, heldSlots, askRound, now);
  }

  /** The next revision of this row, which holds so many slots. */
  public JobRow holds(int heldSlots, int askRound, long now) {
    return slotted(status, heldSlots, askRound, now);
  }

  private JobRow slotted(JobStatus next, int heldSlots, int askRound, long now) {
    return copy(next, progress, cause, notes, round, heldSlots, askRound, startTime, endTime, now);
  }

  /** The next revision of this row with another progress. */
  public JobRow progressed(int percent, long now) {
    return copy(status, percent, cause, notes, round, slots, slotRound, startTime, endTime, now);
  }

  /** The next revision of this row with other notes. */
  public JobRow noted(String text, long now) {
    return copy(status, progress, cause, text, round, slots, slotRound, startTime, endTime, now);
  }

  /** The next revision of this row, which waits for another round. */
  public JobRow again(int nextRound, long now) {
    return copy(JobStatus.WAITING, 0, "", notes, nextRound, 0, 0, 0, 0, now);
  }

  /** The next revision of this row: another round, of which only the end was heard. */
  public JobRow skipped(int otherRound, JobStatus end, String why, long now) {
    int ended = end == JobStatus.SUCCESS ? 100 : 0;
    return copy(end, ended, why, notes, otherRound, 0, 0, 0, now, now);
  }

  /** This revision of this row, whose party has to approve the job, or has done so. */
  JobRow unapproved(boolean so) {
    return new JobRow(
        jobId,
        party,
        initiator,
        parties,
        dsl,
        conf,
        settings,
        modelId,
        modelVersion,
        seed,
        status,
        progress,
        cause,
        notes,
        round,
        slots,
        slotRound,
        so,
        createTime,
        startTime,
        endTime,
        updateTime,
        revision,
        edition,
        inheritance);
  }

  /** The next revision of this row with updated parameters. */
  public JobRow updated(
      int nextEdition, Map<String, Object> nextConf, Map<String, Object> nextSettings, long now) {
    return with(nextEdition, nextConf, nextSettings, inheritance, now);
  }

  /** The next revision of this row, whose inheritance is elsewhere. */
  public JobRow inherited(Inheritance next, long now) {
    return with(edition, conf, settings, next, now);
  }

  private JobRow with(
      int nextEdition,
      Map<String, Object> nextConf,
      Map<String, Object> nextSettings,
      Inheritance heritage,
      long now) {
    return new JobRow(
        jobId,
        party,
        initiator,
        parties,
        dsl,
        nextConf,
        nextSettings,
        modelId,
        modelVersion,
        seed,
        status,
        progress,
        cause,
        notes,
        round,
        slots,
        slotRound,
        unapproved,
        createTime,
        startTime,
        endTime,
        now,
        revision + 1,
        nextEdition,
        heritage);
  }

  private JobRow copy(
      JobStatus nextStatus,
      int nextProgress,
      String nextCause,
      String nextNotes,
      int nextRound,
      int heldSlots,
      int askRound,
      long nextStart,
      long nextEnd,
      long now) {
    return new JobRow(
        jobId,
        party,
        initiator,
        parties,
        dsl,
        conf,
        settings,
        modelId,
        modelVersion,
        seed,
        nextStatus,
        nextProgress,
        nextCause,
        nextNotes,
        nextRound,
        heldSlots,
        askRound,
        unapproved,
        createTime,
        nextStart,
        nextEnd,
        now,
        revision + 1,
        edition,
        nextStatus.terminal() ? inheritance.over() : inheritance);
  }
}
