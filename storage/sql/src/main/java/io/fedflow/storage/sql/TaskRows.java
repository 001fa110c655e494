package io.fedflow.storage.sql;

import io.fedflow.federation.Federation.Traffic;
import io.fedflow.job.TaskRow;
import io.fedflow.job.TaskStatus;
import java.util.Map;

/** Parties' views of attempts of tasks as rows. */
final class TaskRows {

  static final SqlTable TABLE =
      SqlTable.of(
          "task_view",
          "job_id component version role party_id",
          "module status party_status cause lost params messages_sent bytes_sent messages_received"
              + " bytes_received create_time start_time end_time update_time revision");

  /** An attempt that is new waits, and has sent nothing. */
  static final NewRows NEW =
      NewRows.of(
          TABLE,
          Map.ofEntries(
              Map.entry("version", 0L),
              Map.entry("status", TaskStatus.WAITING.name()),
              Map.entry("party_status", TaskStatus.WAITING.name()),
              Map.entry("cause", ""),
              Map.entry("lost", 0L),
              Map.entry("messages_sent", 0L),
              Map.entry("bytes_sent", 0L),
              Map.entry("messages_received", 0L),
              Map.entry("bytes_received", 0L),
              Map.entry("start_time", 0L),
              Map.entry("end_time", 0L),
              Map.entry("revision", 1L)));

  private final Trees json;

  TaskRows(Trees json) {
    this.json = json;
  }

  Args args(TaskRow row) {
    return new Args()
        .task(row.task())
        .party(row.party())
        .text(row.module())
        .name(row.status())
        .name(row.partyStatus())
        .text(row.cause())
        .number(row.lost() ? 1 : 0)
        .text(json.write(row.params()))
        .number(row.traffic().messagesSent())
        .number(row.traffic().bytesSent())
        .number(row.traffic().messagesReceived())
        .number(row.traffic().bytesReceived())
        .number(row.createTime())
        .number(row.startTime())
        .number(row.endTime())
        .number(row.updateTime())
        .number(row.revision());
  }

  TaskRow row(SqlRow stored) {
    RowReader in = new RowReader(stored);
    return new TaskRow(
        in.task(),
        in.party(),
        in.text(),
        in.name(TaskStatus.class),
        in.name(TaskStatus.class),
        in.text(),
        in.number() == 1,
        json.map(in.text()),
        new Traffic(in.number(), in.number(), in.number(), in.number()),
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.number());
  }
}
