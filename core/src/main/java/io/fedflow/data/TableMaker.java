package io.fedflow.data;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import java.util.Map;
import java.util.Optional;

/**
 * Which attempt at which party made a table, as the table's attributes keep it.
 *
 * @param task the attempt
 * @param party the party
 */
public record TableMaker(TaskId task, Party party) {

  private static final String KEY = "made_by";

  /** The maker of an output. */
  public static TableMaker of(TaskId task, Party party) {
    return new TableMaker(task, party);
  }

  /** The maker of a table; empty if no task made it. */
  public static Optional<TableMaker> of(TableEntry entry) {
    if (entry.attributes().get(KEY) instanceof Map<?, ?> tree
        && tree.get("version") instanceof Number version) {
      return Optional.of(
          new TableMaker(
              new TaskId(
                  String.valueOf(tree.get("job_id")),
                  String.valueOf(tree.get("component")),
                  version.intValue()),
              Party.parse(String.valueOf(tree.get("party")))));
    }
    return Optional.empty();
  }

  /** The attributes. */
  public Map<String, Object> toTree() {
    return Map.of(
        KEY,
        Map.of(
            "job_id",
            task.jobId(),
            "component",
            task.component(),
            "version",
            task.version(),
            "party",
            party.toString()));
  }
}
