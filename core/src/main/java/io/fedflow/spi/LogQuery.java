package io.fedflow.spi;

import io.fedflow.party.Party;
import io.fedflow.tracking.LogLine;
import java.util.Optional;

/**
 * Which log lines to look for, over all jobs and parties of a site. Empty texts do not filter.
 *
 * @param jobId only of this job
 * @param role only of parties of this role
 * @param partyId only of parties of this id
 * @param component only of this component
 * @param minimumLevel only this level or graver
 * @param text only lines that hold this text; letters A to Z count in either case
 * @param after only lines behind this place
 * @param limit how many at most; 1..100,000
 */
public record LogQuery(
    String jobId,
    String role,
    String partyId,
    String component,
    LogLine.Level minimumLevel,
    String text,
    Optional<Place> after,
    int limit) {

  /** The most characters of a text to look for. */
  public static final int MOST_TEXT = 1_000;

  /**
   * Checks the text and the limit.
   *
   * @throws IllegalArgumentException naming what was found and what is allowed
   */
  public LogQuery {
    if (text.length() > MOST_TEXT) {
      throw new IllegalArgumentException(
          "text: found " + text.length() + " characters, allowed " + MOST_TEXT);
    }
    StoreRules.checkPage(0, limit, StoreRules.MAX_ROWS);
  }

  /**
   * Where a line stands among all, which are ordered by job, then role, then id of the party, then
   * number.
   *
   * @param jobId the line's job
   * @param party the line's party
   * @param number the line's number
   */
  public record Place(String jobId, Party party, long number) {

    /** The place of a line. */
    public static Place of(LogLine line) {
      return new Place(line.jobId(), line.party(), line.number());
    }
  }
}
