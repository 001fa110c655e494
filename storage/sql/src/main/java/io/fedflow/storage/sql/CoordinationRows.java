package io.fedflow.storage.sql;

import io.fedflow.job.CoordinationRow;
import io.fedflow.job.CoordinationRow.HeldTask;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Party;
import java.util.LinkedHashMap;
import java.util.Map;

/** Coordinators' rows as rows. */
final class CoordinationRows {

  static final SqlTable TABLE =
      SqlTable.of(
          "coordination",
          "job_id",
          "initiator status cause rerun_round ask_round created tasks start_time update_time revision edition");

  /** The coordinator of a new job knows what it asks, and no more. */
  static final NewRows NEW =
      NewRows.of(
          TABLE,
          Map.of("cause", "", "rerun_round", 0L, "start_time", 0L, "revision", 1L, "edition", 0L));

  private final Trees json;

  CoordinationRows(Trees json) {
    this.json = json;
  }

  Args args(CoordinationRow row) {
    return new Args()
        .text(row.jobId())
        .text(row.initiator().toString())
        .name(row.status())
        .text(row.cause())
        .number(row.round())
        .number(row.askRound())
        .text(json.write(row.created().stream().map(Party::toString).toList()))
        .text(json.write(row.tasks().stream().map(CoordinationRows::tree).toList()))
        .number(row.startTime())
        .number(row.updateTime())
        .number(row.revision())
        .number(row.edition());
  }

  CoordinationRow row(SqlRow stored) {
    RowReader in = new RowReader(stored);
    return new CoordinationRow(
        in.text(),
        Party.parse(in.text()),
        in.name(JobStatus.class),
        in.text(),
        in.integer(),
        in.integer(),
        json.<String>list(in.text()).stream().map(Party::parse).toList(),
        json.<Map<String, Object>>list(in.text()).stream().map(CoordinationRows::task).toList(),
        in.number(),
        in.number(),
        in.number(),
        in.integer());
  }

  private static Map<String, Object> tree(HeldTask task) {
    Map<String, Object> parties = new LinkedHashMap<>();
    task.atParties().forEach((party, status) -> parties.put(party.toString(), status.name()));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("component", task.component());
    tree.put("version", task.version());
    tree.put("status", task.status().name());
    tree.put("at", parties);
    tree.put("retries", task.retries());
    tree.put("restarts", task.restarts());
    tree.put("not_before", task.notBefore());
    tree.put("start_time", task.startTime());
    return tree;
  }

  private static HeldTask task(Map<String, Object> tree) {
    Map<Party, TaskStatus> parties = new LinkedHashMap<>();
    ((Map<?, ?>) tree.get("at"))
        .forEach(
            (party, status) ->
                parties.put(Party.parse(party.toString()), TaskStatus.valueOf(status.toString())));
    return new HeldTask(
        (String) tree.get("component"),
        (int) number(tree, "version"),
        TaskStatus.valueOf((String) tree.get("status")),
        parties,
        (int) number(tree, "retries"),
        (int) number(tree, "restarts"),
        number(tree, "not_before"),
        number(tree, "start_time"));
  }

  /** Rows of before retries lack some: those tasks had none. */
  private static long number(Map<String, Object> tree, String key) {
    return tree.get(key) instanceof Number number ? number.longValue() : 0;
  }
}
