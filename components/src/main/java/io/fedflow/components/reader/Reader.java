package io.fedflow.components.reader;

import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.component.RowComponent;
import io.fedflow.component.TaskContext;
import io.fedflow.failure.Problems;
import io.fedflow.failure.ProblemsException;
import io.fedflow.party.Role;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hands on a table that the party stored before: an upload by name, or an earlier job's output.
 * Reports its shape and up to five values a column to the party's own tracker. Stateless;
 * thread-safe. Source: FATE-Flow 1.11, component Reader.
 */
public final class Reader implements RowComponent {

  private static final String TABLE = "table";
  // The whole table is one piece of this party's own store, which FATE calls STANDALONE.
  private static final String ENGINE = "STANDALONE";
  private static final int PARTITIONS = 1;

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          "Reader",
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          ParameterSchema.builder()
              .any(
                  TABLE,
                  null,
                  "the table to read: " + TableReference.ALLOWED,
                  ParameterType.MAP,
                  ParameterType.NULL)
              .build(),
          List.of(),
          Map.of(Role.GUEST, "Reader", Role.HOST, "Reader"),
          (params, pointer, problems) ->
              TableReference.parse(params.map(TABLE), pointer + '/' + TABLE, problems));

  /** A reader. */
  public Reader() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public RowResult begin(TaskContext context, List<RowInput> inputs, Path folder) {
    TableReference reference = reference(context.params());
    TableFacts rows = new TableFacts(reference.open(context.tables()));
    return new RowResult(rows, () -> report(context, reference, rows));
  }

  private static TableReference reference(Params params) {
    Problems problems = new Problems();
    return TableReference.parse(params.map(TABLE), TABLE, problems)
        .orElseThrow(() -> new ProblemsException(problems.errors()));
  }

  private static void report(TaskContext context, TableReference reference, TableFacts rows) {
    context
        .log()
        .info(
            "read "
                + rows.count()
                + " rows of "
                + rows.schema().columns().size()
                + " columns from "
                + reference);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", "reader");
    facts.put("table_name", reference.name());
    facts.put("namespace", reference.namespace());
    facts.put("table_info", rows.samples());
    facts.put("anonymous_info", rows.anonymousNames());
    facts.put("attribute_info", rows.attributes());
    facts.put("partitions", PARTITIONS);
    facts.put("storage_engine", ENGINE);
    facts.put("count", rows.count());
    context.tracker().metricMeta("reader_namespace", "reader_name", "data_info", facts);
  }
}
