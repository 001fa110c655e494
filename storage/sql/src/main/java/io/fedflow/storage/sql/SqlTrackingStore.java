package io.fedflow.storage.sql;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import io.fedflow.spi.LogQuery;
import io.fedflow.spi.StoreRules;
import io.fedflow.spi.TrackingStore;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.OutputData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** What tasks reported, over SQL. */
final class SqlTrackingStore implements TrackingStore {

  /** The columns that name an attempt at a party, with which every key here begins. */
  private static final String TASK = "job_id component version role party_id";

  private static final int TASK_COLUMNS = 5;

  private static final SqlTable POINTS =
      SqlTable.of("metric_point", TASK, "namespace name point_key point_value measured_at");
  private static final SqlTable METAS =
      SqlTable.of("metric_meta", TASK + " namespace name", "metric_type extras");
  private static final SqlTable SUMMARIES = SqlTable.of("task_summary", TASK, "summary");
  private static final SqlTable OUTPUTS =
      SqlTable.of("task_output", TASK + " place", "data_name namespace name row_count");

  private static final String INSERT_POINT = POINTS.insert();
  private static final String PUT_META = METAS.put();
  private static final String PUT_SUMMARY = SUMMARIES.put();
  private static final String INSERT_OUTPUT = OUTPUTS.insert();
  private static final String DROP_OUTPUTS = OUTPUTS.deleteByPrefix(TASK_COLUMNS);
  private static final List<String> CLEAN =
      Stream.concat(
              Stream.of(POINTS, METAS, SUMMARIES).map(table -> table.deleteByPrefix(TASK_COLUMNS)),
              Stream.of(
                  "UPDATE task_output SET namespace = '', name = ''" + OUTPUTS.where(TASK_COLUMNS)))
          .toList();
  private static final List<String> DELETE_METRICS =
      Stream.of(POINTS, METAS).map(table -> table.deleteByPrefix(1)).toList();
  private static final String COUNT_OUTPUTS =
      "SELECT count(*) FROM (SELECT DISTINCT "
          + TASK.replace(" ", ", ")
          + " FROM task_output WHERE namespace = $1 AND name = $2) AS attempts";

  private static final String ALL_POINTS = POINTS.find() + " ORDER BY position";
  private static final String ALL_METAS =
      METAS.select() + METAS.where(TASK_COLUMNS) + " ORDER BY position";
  private static final String ALL_OUTPUTS =
      OUTPUTS.select() + OUTPUTS.where(TASK_COLUMNS) + " ORDER BY place";

  private final SqlEngine sql;
  private final Trees json;
  private final LogRows logRows = new LogRows();

  SqlTrackingStore(SqlEngine sql, Trees json) {
    this.sql = sql;
    this.json = json;
  }

  @Override
  public CompletionStage<Void> appendMetrics(List<MetricValue> values) {
    return sql.change(values.stream().map(value -> Step.any(INSERT_POINT, args(value))).toList());
  }

  @Override
  public CompletionStage<Void> putMetricMetas(List<MetricMeta> metas) {
    return sql.change(metas.stream().map(meta -> Step.any(PUT_META, args(meta))).toList());
  }

  @Override
  public CompletionStage<List<MetricValue>> metrics(TaskId task, Party party) {
    return sql.read(ALL_POINTS, at(task, party).list(), this::point);
  }

  @Override
  public CompletionStage<List<MetricMeta>> metricMetas(TaskId task, Party party) {
    return sql.read(ALL_METAS, at(task, party).list(), this::meta);
  }

  @Override
  public CompletionStage<Void> putSummary(TaskId task, Party party, Map<String, Object> summary) {
    Args args = at(task, party).text(json.write(summary));
    return sql.change(List.of(Step.any(PUT_SUMMARY, args)));
  }

  @Override
  public CompletionStage<Optional<Map<String, Object>>> summary(TaskId task, Party party) {
    return sql.find(
        SUMMARIES.find(), at(task, party).list(), row -> json.map(row.text(TASK_COLUMNS)));
  }

  @Override
  public CompletionStage<Void> putOutputs(TaskId task, Party party, List<OutputData> outputs) {
    List<Step> steps = new ArrayList<>();
    steps.add(Step.any(DROP_OUTPUTS, at(task, party)));
    for (OutputData output : outputs) {
      Args args =
          at(task, party)
              .number(steps.size())
              .text(output.dataName())
              .text(output.namespace())
              .text(output.name())
              .number(output.rowCount());
      steps.add(Step.any(INSERT_OUTPUT, args));
    }
    return sql.change(steps);
  }

  @Override
  public CompletionStage<List<OutputData>> outputs(TaskId task, Party party) {
    return sql.read(ALL_OUTPUTS, at(task, party).list(), SqlTrackingStore::output);
  }

  @Override
  public CompletionStage<Long> countOutputs(String namespace, String name) {
    return sql.read(
            COUNT_OUTPUTS, new Args().text(namespace).text(name).list(), row -> row.number(0))
        .thenApply(counts -> counts.get(0));
  }

  @Override
  public CompletionStage<Void> clean(TaskId task, Party party) {
    return sql.change(CLEAN.stream().map(drop -> Step.any(drop, at(task, party))).toList());
  }

  @Override
  public CompletionStage<Void> deleteMetrics(String jobId) {
    return sql.change(
        DELETE_METRICS.stream().map(drop -> Step.any(drop, new Args().text(jobId))).toList());
  }

  @Override
  public CompletionStage<List<String>> jobsWith(Kind kind, String after, int limit) {
    StoreRules.checkPage(0, limit, StoreRules.MAX_ROWS);
    String left =
        switch (kind) {
          case OUTPUTS -> "task_output WHERE namespace <> '' AND";
          case METRICS -> "metric_point WHERE";
          case LOGS -> "log_line WHERE";
        };
    return sql.read(
        "SELECT DISTINCT job_id FROM " + left + " job_id > $1 ORDER BY job_id LIMIT $2",
        new Args().text(after).number(limit).list(),
        row -> row.text(0));
  }

  @Override
  public CompletionStage<Void> deleteLog(String jobId) {
    return sql.change(List.of(Step.any(LogRows.DELETE, new Args().text(jobId))));
  }

  @Override
  public CompletionStage<List<LogLine>> searchLog(LogQuery query) {
    Where where = LogRows.matching(query);
    String statement = where.sql(LogRows.ALL, LogRows.PLACE, 0, query.limit());
    return sql.read(statement, where.args(), logRows::row);
  }

  @Override
  public CompletionStage<Void> appendLog(List<LogLine> lines) {
    return sql.change(lines.stream().map(logRows::append).toList());
  }

  @Override
  public CompletionStage<List<LogLine>> log(
      String jobId,
      Party party,
      String component,
      LogLine.Level minimumLevel,
      long after,
      int limit) {
    StoreRules.checkPage(0, limit, StoreRules.MAX_ROWS);
    return sql.read(
        component.isEmpty() ? LogRows.OF_JOB : LogRows.OF_COMPONENT,
        LogRows.args(jobId, party, component, minimumLevel, after, limit),
        logRows::row);
  }

  private static Args at(TaskId task, Party party) {
    return new Args().task(task).party(party);
  }

  private Args args(MetricValue value) {
    return at(value.task(), value.party())
        .text(value.namespace())
        .text(value.name())
        .text(json.write(value.key()))
        .text(json.write(value.value()))
        .number(value.time());
  }

  private MetricValue point(SqlRow row) {
    RowReader in = new RowReader(row);
    return new MetricValue(
        in.task(),
        in.party(),
        in.text(),
        in.text(),
        json.read(in.text()),
        json.read(in.text()),
        in.number());
  }

  private Args args(MetricMeta meta) {
    return at(meta.task(), meta.party())
        .text(meta.namespace())
        .text(meta.name())
        .text(meta.metricType())
        .text(json.write(meta.extras()));
  }

  private MetricMeta meta(SqlRow row) {
    RowReader in = new RowReader(row);
    return new MetricMeta(
        in.task(), in.party(), in.text(), in.text(), in.text(), json.map(in.text()));
  }

  private static OutputData output(SqlRow row) {
    int first = TASK_COLUMNS + 1;
    return new OutputData(
        row.text(first), row.text(first + 1), row.text(first + 2), row.number(first + 3));
  }
}
