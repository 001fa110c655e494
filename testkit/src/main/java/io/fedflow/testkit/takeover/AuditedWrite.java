package io.fedflow.testkit.takeover;

/**
 * One committed write of one row, as a trigger of the database noted it inside the same
 * transaction.
 *
 * @param position the order in which the rows were noted; writes of one row never overtake
 * @param atMillis when, by the clock of the database, in milliseconds since 1970
 * @param writer who wrote it, as its session says: an instance
 * @param jobId the job
 * @param row tells the rows of a job apart, for example {@code view guest 9999}
 * @param revision the revision that was written; 0 for an output, which has none
 * @param status the status that was written; for a part of a task that of the party, empty for an
 *     output
 */
public record AuditedWrite(
    long position,
    long atMillis,
    String writer,
    String jobId,
    String row,
    long revision,
    String status) {

  /** How rows of parts of tasks begin; each is of one attempt. */
  public static final String ATTEMPT = "attempt ";

  /** How rows begin that are written beside the state of a job: metrics, events, log lines. */
  public static final String OUTPUT = "output ";
}
