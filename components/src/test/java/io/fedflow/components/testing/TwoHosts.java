package io.fedflow.components.testing;

import static io.fedflow.components.testing.HomoData.SECOND;
import static io.fedflow.components.testing.Pair.HOST;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns of one host, dealt to two. Stateless. */
public final class TwoHosts {

  private TwoHosts() {}

  /** The same job in which a second host has the latter half of the host's columns. */
  public static ComponentJob of(ComponentJob job) {
    Map<Role, List<String>> roles = new LinkedHashMap<>();
    job.parties()
        .all()
        .forEach(p -> roles.computeIfAbsent(p.role(), r -> new ArrayList<>()).add(p.id()));
    roles.put(Role.HOST, List.of(HOST.id(), SECOND.id()));
    Map<Party, TaskInputs> inputs = new LinkedHashMap<>(job.inputs());
    inputs.put(HOST, half(job.inputs().get(HOST), HOST));
    inputs.put(SECOND, half(job.inputs().get(HOST), SECOND));
    return new ComponentJob(job.component(), new Parties(roles), job.params(), inputs);
  }

  /** The columns of both hosts, under names that do not tell whose they are. */
  public static Table joined(Table first, Table second) {
    List<ColumnSpec> specs = new ArrayList<>(first.schema().columns());
    specs.addAll(second.schema().columns());
    List<Column> columns = new ArrayList<>(first.columns());
    columns.addAll(second.columns());
    return first.withColumns(specs, columns);
  }

  /** What the one host calls a column that the second of two hosts calls so, in any text. */
  public static String asOfOne(String text, int columnsOfFirst) {
    String said = text;
    for (int i = columnsOfFirst - 1; i >= 0; i--) {
      said = said.replace("host_10001_x" + i, "host_10000_x" + (columnsOfFirst + i));
    }
    return said;
  }

  private static TaskInputs half(TaskInputs whole, Party party) {
    Map<String, List<DataInput>> data = new LinkedHashMap<>();
    whole
        .data()
        .forEach(
            (kind, all) ->
                data.put(
                    kind,
                    all.stream()
                        .map(one -> new DataInput(one.source(), half(one.table(), party)))
                        .toList()));
    return new TaskInputs(data, whole.model(), whole.isometric());
  }

  private static Table half(Table whole, Party party) {
    int half = whole.columns().size() / 2;
    boolean first = party.equals(HOST);
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int i = first ? 0 : half; i < (first ? half : whole.columns().size()); i++) {
      ColumnSpec spec = whole.schema().columns().get(i);
      specs.add(
          spec.anonymousName().isEmpty()
              ? spec
              : ColumnSpec.feature(
                  spec.name(), "host_" + party.id() + "_x" + (first ? i : i - half)));
      columns.add(whole.column(i));
    }
    return whole.withColumns(specs, columns);
  }
}
