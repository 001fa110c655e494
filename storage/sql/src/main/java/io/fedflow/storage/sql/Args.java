package io.fedflow.storage.sql;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.List;

/** Collects the parameters of a statement in order. Not thread-safe. */
final class Args {

  private final List<Object> values = new ArrayList<>();

  Args text(String value) {
    // Postgres cannot hold the null character in a text; one replacement keeps both databases
    // alike.
    values.add(value.indexOf('\0') < 0 ? value : value.replace('\0', '\uFFFD'));
    return this;
  }

  Args number(long value) {
    values.add(value);
    return this;
  }

  Args name(Enum<?> value) {
    return text(value.name());
  }

  /** Two parameters: role and id. */
  Args party(Party party) {
    return text(party.role().name()).text(party.id());
  }

  /** Three parameters: job, component, version. */
  Args task(TaskId task) {
    return text(task.jobId()).text(task.component()).number(task.version());
  }

  List<Object> list() {
    return values;
  }
}
