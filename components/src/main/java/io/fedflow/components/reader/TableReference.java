package io.fedflow.components.reader;

import io.fedflow.component.TableAccess;
import io.fedflow.failure.Problems;
import io.fedflow.table.TableSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Where a {@link Reader} finds its table. */
sealed interface TableReference {

  /** What a conf may say. */
  String ALLOWED =
      "an object with the texts name and namespace, or with the texts job_id, component_name and"
          + " data_name";

  /** The rows, for whoever closes them. */
  TableSource open(TableAccess tables);

  /** The table's name, for reports. */
  String name();

  /** The table's namespace, for reports; empty for a task's output. */
  String namespace();

  /**
   * An uploaded table.
   *
   * @param namespace where it was uploaded
   * @param name under which name
   */
  record Uploaded(String namespace, String name) implements TableReference {
    @Override
    public TableSource open(TableAccess tables) {
      return tables.open(namespace, name);
    }
  }

  /**
   * The output of an earlier job's task at the same party.
   *
   * @param jobId the earlier job
   * @param component its component
   * @param dataName the output's name in the earlier job's DSL
   */
  record Output(String jobId, String component, String dataName) implements TableReference {
    @Override
    public TableSource open(TableAccess tables) {
      return tables.openOutput(jobId, component, dataName);
    }

    @Override
    public String name() {
      return jobId + '.' + component + '.' + dataName;
    }

    @Override
    public String namespace() {
      return "";
    }
  }

  /**
   * Reads the conf's form.
   *
   * @param table the conf value; may be null
   * @param problems receives what is wrong
   * @return empty if a problem was noted
   */
  static Optional<TableReference> parse(
      Map<String, Object> table, String pointer, Problems problems) {
    if (table == null) {
      problems.error(pointer, "missing", null, ALLOWED);
      return Optional.empty();
    }
    boolean texts =
        table.values().stream().allMatch(value -> value instanceof String s && !s.isBlank());
    if (texts && table.keySet().equals(Set.of("name", "namespace"))) {
      return Optional.of(new Uploaded((String) table.get("namespace"), (String) table.get("name")));
    }
    if (texts && table.keySet().equals(Set.of("job_id", "component_name", "data_name"))) {
      return Optional.of(
          new Output(
              (String) table.get("job_id"),
              (String) table.get("component_name"),
              (String) table.get("data_name")));
    }
    problems.error(pointer, "not a table", new TreeMap<>(table), ALLOWED);
    return Optional.empty();
  }
}
