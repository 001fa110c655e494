package io.fedflow.storage.sql;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;

/** Reads the columns of a row one after the other, in the order of the statement. */
final class RowReader {

  private final SqlRow row;
  private int next;

  RowReader(SqlRow row) {
    this.row = row;
  }

  String text() {
    return row.text(next++);
  }

  long number() {
    return row.number(next++);
  }

  int integer() {
    return Math.toIntExact(number());
  }

  <E extends Enum<E>> E name(Class<E> type) {
    return Enum.valueOf(type, text());
  }

  /** Two columns: role and id. */
  Party party() {
    String role = text();
    return Party.of(role, text());
  }

  /** Three columns: job, component, version. */
  TaskId task() {
    String jobId = text();
    String component = text();
    return new TaskId(jobId, component, integer());
  }
}
