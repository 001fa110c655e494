package io.fedflow.storage.sql;

import io.fedflow.queue.JobEvent;
import java.util.Map;

/** Events as rows. */
final class EventRows {

  static final SqlTable TABLE =
      SqlTable.of(
          "job_event", "job_id sequence", "happened_at role party_id kind component details");

  static final NewRows NEW = NewRows.of(TABLE, Map.of());

  private final Trees json;

  EventRows(Trees json) {
    this.json = json;
  }

  Args args(JobEvent event) {
    return new Args()
        .text(event.jobId())
        .number(event.sequence())
        .number(event.time())
        .party(event.party())
        .text(event.kind())
        .text(event.component())
        .text(json.write(event.details()));
  }

  JobEvent row(SqlRow stored) {
    RowReader in = new RowReader(stored);
    return new JobEvent(
        in.text(), in.number(), in.number(), in.party(), in.text(), in.text(), json.map(in.text()));
  }
}
