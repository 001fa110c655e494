package io.fedflow.spi;

import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which page of the list of jobs to read. Parts of texts match wherever they stand, in their own
 * case; empty parts and collections do not filter. Rows that are alike in the order's column come
 * newest first, then by id and party.
 *
 * @param idPart what job ids hold
 * @param partyIdPart what ids of the views' parties hold
 * @param notesPart what notes hold
 * @param partner another party of the job has exactly this id
 * @param roles role names of the views' parties
 * @param statuses statuses
 * @param order by which column
 * @param descending greatest first
 * @param offset how many to skip; at least 0
 * @param limit how many at most; 1..100,000
 */
public record JobSearch(
    String idPart,
    String partyIdPart,
    String notesPart,
    Optional<String> partner,
    List<String> roles,
    Set<JobStatus> statuses,
    Order order,
    boolean descending,
    int offset,
    int limit) {

  /** An id is a time of so many digits, and a counter: so many digits only stand at its begin. */
  private static final int DIGITS_OF_A_TIME = 20;

  private static final Comparator<JobRow> NEWEST_FIRST =
      Comparator.comparingLong(JobRow::createTime)
          .reversed()
          .thenComparing(JobRow::jobId)
          .thenComparing(JobRow::party);

  /** By what jobs can be sorted. */
  public enum Order {
    /** When the party created it. */
    CREATED,
    /** The job's id. */
    JOB_ID,
    /** When it began to run; 0 for not yet. */
    STARTED,
    /** When it ended; 0 for not yet. */
    ENDED,
    /** From its start to its end. */
    ELAPSED
  }

  /** Copies the collections. */
  public JobSearch {
    roles = List.copyOf(roles);
    statuses = Set.copyOf(statuses);
  }

  /** The newest jobs, whatever they are. */
  public static JobSearch newest(int limit) {
    return new JobSearch(
        "", "", "", Optional.empty(), List.of(), Set.of(), Order.CREATED, true, 0, limit);
  }

  /** Tells whether an id that matches begins with the part, as a whole id does. */
  public boolean byWholeId() {
    return idPart.length() > DIGITS_OF_A_TIME
        && idPart.startsWith("20")
        && idPart.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Tells whether a view matches. */
  public boolean matches(JobRow row) {
    return row.jobId().contains(idPart)
        && row.party().id().contains(partyIdPart)
        && row.notes().contains(notesPart)
        && (roles.isEmpty() || roles.contains(row.party().role().name()))
        && (statuses.isEmpty() || statuses.contains(row.status()))
        && partner.map(id -> hasPartner(row, id)).orElse(true);
  }

  private static boolean hasPartner(JobRow row, String id) {
    return row.parties().all().stream()
        .anyMatch(party -> party.id().equals(id) && !party.equals(row.party()));
  }

  /** The order of all matching views. */
  public Comparator<JobRow> comparator() {
    Comparator<JobRow> ascending =
        switch (order) {
          case CREATED -> Comparator.comparingLong(JobRow::createTime);
          case JOB_ID -> Comparator.comparing(JobRow::jobId);
          case STARTED -> Comparator.comparingLong(JobRow::startTime);
          case ENDED -> Comparator.comparingLong(JobRow::endTime);
          case ELAPSED -> Comparator.comparingLong(row -> row.endTime() - row.startTime());
        };
    return (descending ? ascending.reversed() : ascending).thenComparing(NEWEST_FIRST);
  }
}
