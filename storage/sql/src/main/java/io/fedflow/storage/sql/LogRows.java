package io.fedflow.storage.sql;

import io.fedflow.party.Party;
import io.fedflow.spi.LogQuery;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.LogLine.Level;
import java.util.List;

/** Log lines as rows. */
final class LogRows {

  private static final String COLUMNS =
      "job_id, role, party_id, component, number, logged_at, level, line";

  /** The number follows the last one of the same job and party, inside the writing statement. */
  private static final String APPEND =
      "INSERT INTO log_line ("
          + COLUMNS
          + ") VALUES ($1, $2, $3, $4, (SELECT coalesce(max(number), 0) + 1 FROM log_line"
          + " WHERE job_id = $1 AND role = $2 AND party_id = $3), $5, $6, $7)";

  private static final String SELECT =
      "SELECT "
          + COLUMNS
          + " FROM log_line WHERE job_id = $1 AND role = $2 AND party_id = $3"
          + " AND level >= $4 AND number > $5";

  /** The columns that order all lines, as a search gives them. */
  static final String PLACE = "job_id, role, party_id, number";

  static final String ALL = "SELECT " + COLUMNS + " FROM log_line";

  static final String DELETE = "DELETE FROM log_line WHERE job_id = $1";

  /** The condition of a search. */
  static Where matching(LogQuery query) {
    Where where =
        new Where()
            .among("job_id", given(query.jobId()))
            .among("role", given(query.role()))
            .among("party_id", given(query.partyId()))
            .among("component", given(query.component()))
            .holds("line", query.text())
            .atLeast("level", query.minimumLevel().ordinal());
    query
        .after()
        .ifPresent(
            place ->
                where.behind(
                    PLACE,
                    List.of(place.jobId(), place.party().role().name(), place.party().id()),
                    place.number()));
    return where;
  }

  private static List<String> given(String value) {
    return value.isEmpty() ? List.of() : List.of(value);
  }

  static final String OF_JOB = SELECT + " ORDER BY number LIMIT $6";
  static final String OF_COMPONENT = SELECT + " AND component = $7 ORDER BY number LIMIT $6";

  static List<Object> args(
      String jobId, Party party, String component, Level level, long after, int limit) {
    Args args =
        new Args().text(jobId).party(party).number(level.ordinal()).number(after).number(limit);
    return (component.isEmpty() ? args : args.text(component)).list();
  }

  Step append(LogLine line) {
    return Step.any(
        APPEND,
        new Args()
            .text(line.jobId())
            .party(line.party())
            .text(line.component())
            .number(line.time())
            // As a number, for comparison; the order of levels is part of the port.
            .number(line.level().ordinal())
            .text(line.text()));
  }

  LogLine row(SqlRow row) {
    RowReader in = new RowReader(row);
    return new LogLine(
        in.text(),
        in.party(),
        in.text(),
        in.number(),
        in.number(),
        Level.values()[in.integer()],
        in.text());
  }
}
