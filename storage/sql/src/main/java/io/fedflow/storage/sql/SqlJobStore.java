package io.fedflow.storage.sql;

import io.fedflow.failure.FedflowException;
import io.fedflow.job.CoordinationRow;
import io.fedflow.job.JobRow;
import io.fedflow.job.TaskRow;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.JobPage;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobSearch;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.StoreRules;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.TaskQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Jobs, tasks and events over SQL. */
final class SqlJobStore implements JobStore {

  private static final String REPLACE_JOB = JobRows.TABLE.replaceRevision();
  private static final String REPLACE_TASK = TaskRows.TABLE.replaceRevision();
  private static final String REPLACE_COORDINATION = CoordinationRows.TABLE.replaceRevision();

  private static final String LATEST =
      "version = (SELECT max(other.version) FROM task_view AS other"
          + " WHERE other.job_id = task_view.job_id AND other.component = task_view.component"
          + " AND other.role = task_view.role AND other.party_id = task_view.party_id)";

  /** Begins as the one index of the table does: a page is read, and no more. */
  private static final String TASK_ORDER = "job_id, create_time, position";

  /**
   * Holds for all; SQLite would sort the whole table if it were not asked for a part of the index.
   */
  private static final String ANY_JOB = "job_id > ''";

  private static final String UNFINISHED =
      "SELECT live.job_id FROM ("
          + UnfinishedJobs.IDS
          + ") AS live ORDER BY coalesce("
          + "(SELECT min(create_time) FROM job_view WHERE job_id = live.job_id),"
          + " (SELECT update_time FROM coordination WHERE job_id = live.job_id)), live.job_id";

  private static final String EVENTS =
      EventRows.TABLE.select() + " WHERE job_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3";

  private static final String LAST_EVENT =
      "SELECT coalesce(max(sequence), 0) FROM job_event WHERE job_id = $1";

  private static final String DROP_EVENTS =
      "DELETE FROM job_event WHERE job_id = $1 AND sequence <= $2";

  private final SqlEngine sql;
  private final JobRows jobRows;
  private final TaskRows taskRows;
  private final CoordinationRows coordinationRows;
  private final EventRows eventRows;
  private final LogRows logRows = new LogRows();
  private final FirstTurns first;
  private final JobPages pages;
  private final CountNotes notes;

  SqlJobStore(SqlEngine sql, Trees json, FirstTurns first) {
    this.sql = sql;
    this.first = first;
    this.jobRows = new JobRows(json);
    this.taskRows = new TaskRows(json);
    this.coordinationRows = new CoordinationRows(json);
    this.eventRows = new EventRows(json);
    this.pages = new JobPages(sql, json, jobRows);
    this.notes = new CountNotes(sql);
  }

  @Override
  public CompletionStage<Void> commit(StoreTurn turn) {
    StoreRules.checkTurn(turn);
    List<Step> steps = new ArrayList<>();
    if (turn.begins()) {
      first.owner(turn.jobId()).ifPresent(steps::add);
    }
    for (JobRow row : turn.jobs()) {
      steps.add(
          step(
              JobRows.NEW,
              REPLACE_JOB,
              row.revision(),
              jobRows.args(row),
              () -> StoreRules.stale(row)));
    }
    for (TaskRow row : turn.tasks()) {
      steps.add(
          step(
              TaskRows.NEW,
              REPLACE_TASK,
              row.revision(),
              taskRows.args(row),
              () -> StoreRules.stale(row)));
    }
    turn.coordination()
        .ifPresent(
            row ->
                steps.add(
                    step(
                        CoordinationRows.NEW,
                        REPLACE_COORDINATION,
                        row.revision(),
                        coordinationRows.args(row),
                        () -> StoreRules.stale(row))));
    for (JobEvent event : turn.events()) {
      steps.add(EventRows.NEW.insert(eventRows.args(event), () -> StoreRules.taken(event)));
    }
    turn.lines().forEach(line -> steps.add(logRows.append(line)));
    notes.expect(turn.jobs().size());
    return sql.change(steps);
  }

  @Override
  public CompletionStage<List<JobRow>> jobs(JobQuery query) {
    StoreRules.checkPage(query.offset(), query.limit(), StoreRules.MAX_ROWS);
    return pages.rows(query, where(query));
  }

  @Override
  public CompletionStage<Long> countJobs(JobQuery query) {
    return pages.count(query, where(query));
  }

  @Override
  public CompletionStage<JobPage> search(JobSearch search) {
    StoreRules.checkPage(search.offset(), search.limit(), StoreRules.MAX_ROWS);
    return pages.search(search);
  }

  @Override
  public CompletionStage<List<TaskRow>> tasks(TaskQuery query) {
    StoreRules.checkPage(query.offset(), query.limit(), StoreRules.MAX_ROWS);
    Where where =
        new Where()
            .among("job_id", query.jobIds())
            .among("component", query.components())
            .among("role", query.roles())
            .among("party_id", query.partyIds())
            .named("status", query.statuses())
            .named("party_status", query.partyStatuses());
    if (query.jobIds().isEmpty()) {
      where.only(ANY_JOB);
    }
    if (query.onlyLatest()) {
      where.only(LATEST);
    }
    String statement =
        where.sql(TaskRows.TABLE.select(), TASK_ORDER, query.offset(), query.limit());
    return sql.read(statement, where.args(), taskRows::row);
  }

  @Override
  public CompletionStage<Optional<CoordinationRow>> coordination(String jobId) {
    return sql.find(
        CoordinationRows.TABLE.find(), new Args().text(jobId).list(), coordinationRows::row);
  }

  @Override
  public CompletionStage<List<String>> unfinished() {
    return sql.read(UNFINISHED, List.of(), row -> row.text(0));
  }

  @Override
  public CompletionStage<List<JobEvent>> events(String jobId, long after, int limit) {
    StoreRules.checkPage(0, limit, StoreRules.MAX_EVENTS);
    return sql.read(
        EVENTS, new Args().text(jobId).number(after).number(limit).list(), eventRows::row);
  }

  @Override
  public CompletionStage<Long> lastEvent(String jobId) {
    return sql.read(LAST_EVENT, new Args().text(jobId).list(), row -> row.number(0))
        .thenApply(found -> found.get(0));
  }

  @Override
  public CompletionStage<Void> dropEvents(String jobId, long upTo) {
    return sql.change(List.of(Step.any(DROP_EVENTS, new Args().text(jobId).number(upTo))));
  }

  private static Step step(
      NewRows fresh, String replace, long revision, Args row, Supplier<FedflowException> stale) {
    return revision == 1 ? fresh.insert(row, stale) : Step.one(replace, row, stale);
  }

  private static Where where(JobQuery query) {
    return new Where()
        .among("job_id", query.jobIds())
        .among("role", query.roles())
        .among("party_id", query.partyIds())
        .named("status", query.statuses());
  }
}
