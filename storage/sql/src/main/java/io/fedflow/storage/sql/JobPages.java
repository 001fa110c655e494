package io.fedflow.storage.sql;

import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.spi.JobPage;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Pages of the list of jobs. What only asks for parties and statuses is counted by the counts that
 * the database keeps, and read in order by an index; other searches look at every row that the rest
 * leaves.
 */
final class JobPages {

  private static final String COUNT = "SELECT count(*) FROM job_view";

  private static final String CELLS =
      "SELECT role, party_id, status, CAST(sum(jobs) AS bigint) FROM job_count"
          + " GROUP BY role, party_id, status HAVING sum(jobs) > 0";

  private static final String NEWEST_FIRST = "create_time DESC, job_id, role, party_id";
  private static final String OLDEST_FIRST = "create_time, job_id, role, party_id";

  /** Each is read as far as the page goes: beyond these bounds a plain sort is cheaper. */
  private static final int MOST_CELLS = 32;

  private static final int MOST_MERGED_ROWS = 10_000;

  private final SqlEngine sql;
  private final Trees json;
  private final JobRows jobRows;

  JobPages(SqlEngine sql, Trees json, JobRows jobRows) {
    this.sql = sql;
    this.json = json;
    this.jobRows = jobRows;
  }

  /**
   * The views of a party in a status.
   *
   * @param jobs how many there are; above 0
   */
  private record Cell(String role, String partyId, String status, long jobs) {

    static Cell of(SqlRow row) {
      RowReader in = new RowReader(row);
      return new Cell(in.text(), in.text(), in.text(), in.number());
    }

    boolean matches(JobSearch search) {
      return partyId.contains(search.partyIdPart())
          && isOf(search.roles())
          && isIn(search.statuses());
    }

    boolean matches(JobQuery query) {
      return (query.partyIds().isEmpty() || query.partyIds().contains(partyId))
          && isOf(query.roles())
          && isIn(query.statuses());
    }

    private boolean isOf(List<String> roles) {
      return roles.isEmpty() || roles.contains(role);
    }

    private boolean isIn(Set<JobStatus> statuses) {
      return statuses.isEmpty() || statuses.contains(JobStatus.valueOf(status));
    }
  }

  /**
   * How many views match a query.
   *
   * @param where its condition
   */
  CompletionStage<Long> count(JobQuery query, Where where) {
    return query.jobIds().isEmpty()
        ? cells()
            .thenApply(
                all -> all.stream().filter(cell -> cell.matches(query)).mapToLong(Cell::jobs).sum())
        : count(where);
  }

  /**
   * The views that match a query.
   *
   * @param where its condition
   */
  CompletionStage<List<JobRow>> rows(JobQuery query, Where where) {
    boolean filtered =
        !query.roles().isEmpty() || !query.partyIds().isEmpty() || !query.statuses().isEmpty();
    if (!query.jobIds().isEmpty() || !query.newestFirst() || !filtered) {
      return plain(where, query);
    }
    return cells()
        .thenCompose(
            all -> {
              List<Cell> cells = all.stream().filter(cell -> cell.matches(query)).toList();
              return canMerge(cells, all, query.offset(), query.limit())
                  ? merged(cells, query.offset(), query.limit())
                  : plain(where, query);
            });
  }

  private CompletionStage<List<JobRow>> plain(Where where, JobQuery query) {
    return rows(
        where, query.newestFirst() ? NEWEST_FIRST : OLDEST_FIRST, query.offset(), query.limit());
  }

  /** A page of the list, and how many match. */
  CompletionStage<JobPage> search(JobSearch search) {
    if (search.idPart().isEmpty() && search.notesPart().isEmpty() && search.partner().isEmpty()) {
      return cells().thenCompose(cells -> ofCells(search, cells));
    }
    return count(general(search))
        .thenCombine(sorted(search), (total, rows) -> new JobPage(rows, total));
  }

  private CompletionStage<JobPage> ofCells(JobSearch search, List<Cell> all) {
    List<Cell> cells = all.stream().filter(cell -> cell.matches(search)).toList();
    long total = cells.stream().mapToLong(Cell::jobs).sum();
    if (search.offset() >= total) {
      return CompletableFuture.completedStage(new JobPage(List.of(), total));
    }
    boolean newest = search.order() == JobSearch.Order.CREATED && search.descending();
    CompletionStage<List<JobRow>> rows =
        newest && canMerge(cells, all, search.offset(), search.limit())
            ? merged(cells, search.offset(), search.limit())
            : sorted(search);
    return rows.thenApply(page -> new JobPage(page, total));
  }

  private CompletionStage<List<Cell>> cells() {
    return sql.read(CELLS, List.of(), Cell::of);
  }

  private static boolean canMerge(List<Cell> cells, List<Cell> all, int offset, int limit) {
    return cells.size() < all.size()
        && cells.size() <= MOST_CELLS
        && (long) offset + limit <= MOST_MERGED_ROWS;
  }

  /** Every cell has its rows in order: the first of all are among the first of each. */
  private CompletionStage<List<JobRow>> merged(List<Cell> cells, int offset, int limit) {
    if (cells.isEmpty()) {
      return CompletableFuture.completedStage(List.of());
    }
    Args args = new Args().number((long) offset + limit);
    List<String> selects = new ArrayList<>();
    for (Cell cell : cells) {
      args.text(cell.role()).text(cell.partyId()).text(cell.status());
      int last = args.list().size();
      selects.add(
          "SELECT * FROM ("
              + JobRows.TABLE.select()
              + " WHERE role = $"
              + (last - 2)
              + " AND party_id = $"
              + (last - 1)
              + " AND status = $"
              + last
              + " ORDER BY create_time DESC, job_id LIMIT $1) AS cell"
              + last);
    }
    args.number(limit).number(offset);
    int last = args.list().size();
    return sql.read(
        String.join(" UNION ALL ", selects)
            + " ORDER BY "
            + NEWEST_FIRST
            + " LIMIT $"
            + (last - 1)
            + " OFFSET $"
            + last,
        args.list(),
        jobRows::row);
  }

  private CompletionStage<Long> count(Where where) {
    return sql.read(where.sql(COUNT), where.args(), row -> row.number(0))
        .thenApply(counts -> counts.get(0));
  }

  private CompletionStage<List<JobRow>> sorted(JobSearch search) {
    return rows(general(search), order(search), search.offset(), search.limit());
  }

  private CompletionStage<List<JobRow>> rows(Where where, String order, int offset, int limit) {
    String statement = where.sql(JobRows.TABLE.select(), order, offset, limit);
    return sql.read(statement, where.args(), jobRows::row);
  }

  private Where general(JobSearch search) {
    Where where = new Where();
    if (search.byWholeId()) {
      where.begins("job_id", search.idPart());
    } else {
      where.has("job_id", search.idPart());
    }
    where
        .has("party_id", search.partyIdPart())
        .has("notes", search.notesPart())
        .among("role", search.roles())
        .named("status", search.statuses());
    partner(where, search.partner());
    return where;
  }

  /**
   * Ids of parties stand in lists of texts: how often one does tells whether another party than the
   * view's own has it.
   */
  private void partner(Where where, Optional<String> partner) {
    partner.ifPresent(
        id -> {
          String text = json.write(id);
          where.moreOften("parties", List.of(text + ',', text + ']'), "party_id", id);
        });
  }

  private static String order(JobSearch search) {
    String column =
        switch (search.order()) {
          case CREATED -> "create_time";
          case JOB_ID -> "job_id";
          case STARTED -> "start_time";
          case ENDED -> "end_time";
          case ELAPSED -> "end_time - start_time";
        };
    String directed = column + (search.descending() ? " DESC" : "");
    return switch (search.order()) {
      case CREATED -> directed + ", job_id, role, party_id";
      case JOB_ID -> directed + ", create_time DESC, role, party_id";
      default -> directed + ", " + NEWEST_FIRST;
    };
  }
}
