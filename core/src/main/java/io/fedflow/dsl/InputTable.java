package io.fedflow.dsl;

import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A table that a party's part of a job reads and that the job itself does not make. */
public sealed interface InputTable {

  /** The text that patterns of names are compared with: {@code namespace.name}. */
  String pattern();

  /**
   * A stored table.
   *
   * @param table its name
   */
  record Stored(TableRef table) implements InputTable {
    @Override
    public String pattern() {
      return table.toString();
    }

    /** {@code table namespace.name}. */
    @Override
    public String toString() {
      return "table " + table;
    }
  }

  /**
   * An output of an earlier job at the same party.
   *
   * @param jobId the earlier job
   * @param component its component
   * @param output the name of the output there
   */
  record Earlier(String jobId, String component, String output) implements InputTable {
    @Override
    public String pattern() {
      return jobId + '.' + component + '.' + output;
    }

    /** {@code output job.component.output}. */
    @Override
    public String toString() {
      return "output " + pattern();
    }
  }

  /** All that a party reads in a job, each once, in the order of the plan. */
  static List<InputTable> of(JobPlan plan, Party at) {
    Set<InputTable> all = new LinkedHashSet<>();
    plan.tasks().stream().filter(task -> task.runsAt(at)).forEach(task -> all.addAll(of(task, at)));
    return List.copyOf(all);
  }

  /** What a party reads in one task: of a Reader, or bound by the conf. */
  static List<InputTable> of(PlannedTask task, Party at) {
    List<InputTable> tables = new ArrayList<>();
    if (task.params().get(at).get("table") instanceof Map<?, ?> table) {
      tables.add(
          table.containsKey("job_id")
              ? new Earlier(
                  text(table, "job_id"), text(table, "component_name"), text(table, "data_name"))
              : new Stored(new TableRef(text(table, "namespace"), text(table, "name"))));
    }
    for (DataEdge edge : task.data()) {
      if (edge.source() instanceof DataEdge.StoredTable stored && stored.tables().containsKey(at)) {
        tables.add(new Stored(stored.tables().get(at)));
      }
    }
    return tables;
  }

  private static String text(Map<?, ?> table, String key) {
    return String.valueOf(table.get(key));
  }
}
