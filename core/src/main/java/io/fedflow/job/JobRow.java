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
    JobRow moved =
        next(
            next,
            next == JobStatus.SUCCESS ? 100 : progress,
            why,
            notes,
            started ? now : startTime,
            next.terminal() ? now : endTime,
            round,
            now);
    return next.terminal() ? moved.over() : moved;
  }

  /** The next revision of this row, which waits and holds so many slots. */
  public JobRow waits(int heldSlots, int askRound, long now) {
    return moved(JobStatus.WAITING, cause, now).with(heldSlots, askRound, inheritance);
  }

  /** The next revision of this row, which holds so many slots. */
  public JobRow holds(int heldSlots, int askRound, long now) {
    return moved(status, cause, now).with(heldSlots, askRound, inheritance);
  }

  /** The next revision of this row, which ended in a round that it never heard to begin. */
  public JobRow ended(int unheardRound, JobStatus next, String why, long now) {
    return next(next, 0, why, notes, 0, now, unheardRound, now).over();
  }

  /** The next revision of this row with another progress. */
  public JobRow progressed(int percent, long now) {
    return next(status, percent, cause, notes, startTime, endTime, round, now);
  }

  /** The next revision of this row with other notes. */
  public JobRow noted(String text, long now) {
    return next(status, progress, cause, text, startTime, endTime, round, now);
  }

  /** The next revision of this row, which waits for another round. */
  public JobRow again(int nextRound, long now) {
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
        JobStatus.WAITING,
        0,
        "",
        notes,
        nextRound,
        0,
        0,
        createTime,
        0,
        0,
        now,
        revision + 1,
        edition,
        inheritance);
  }

  /** The next revision of this row with updated parameters. */
  public JobRow updated(
      int nextEdition, Map<String, Object> nextConf, Map<String, Object> nextSettings, long now) {
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
        createTime,
        startTime,
        endTime,
        now,
        revision + 1,
        nextEdition,
        inheritance);
  }

  /** The next revision of this row, whose inheritance is elsewhere. */
  public JobRow inherited(Inheritance next, long now) {
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
        createTime,
        startTime,
        endTime,
        now,
        revision + 1,
        edition,
        next);
  }

  /** What is over holds no slots, and takes over nothing any more. */
  private JobRow over() {
    boolean broken = inheritance.status() == Inheritance.Status.RUNNING;
    return with(0, 0, broken ? inheritance.in(Inheritance.Status.FAILED) : inheritance);
  }

  private JobRow with(int heldSlots, int askRound, Inheritance heritage) {
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
        heldSlots,
        askRound,
        createTime,
        startTime,
        endTime,
        updateTime,
        revision,
        edition,
        heritage);
  }

  private JobRow next(
      JobStatus nextStatus,
      int nextProgress,
      String nextCause,
      String nextNotes,
      long nextStart,
      long nextEnd,
      int nextRound,
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
        slots,
        slotRound,
        createTime,
        nextStart,
        nextEnd,
        now,
        revision + 1,
        edition,
        inheritance);
  }
}
