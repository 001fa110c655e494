package io.fedflow.storage.sql;

import io.fedflow.federation.Federation.Traffic;
import io.fedflow.job.TaskRow;
import io.fedflow.job.TaskStatus;

/** Parties' views of attempts of tasks as rows. */
final class TaskRows {

  static final SqlTable TABLE =
      SqlTable.of(
          "task_view",
          "job_id component version role party_id",
          "module status party_status cause lost params messages_sent bytes_sent messages_received"
              + " bytes_received create_time start_time end_time update_time revision");

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
