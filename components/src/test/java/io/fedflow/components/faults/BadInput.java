package io.fedflow.components.faults;

import io.fedflow.component.TaskInputs;
import io.fedflow.components.testing.ComponentJob;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Input that a component may not be able to work on; in the order of the page's columns. */
enum BadInput {
  /** One column has the same value in every row. */
  CONSTANT {
    @Override
    Optional<String> column(Table table) {
      return Optional.of(feature(table));
    }

    @Override
    double numberFor(double old) {
      return 1;
    }
  },

  /** One column has no value in any row. */
  MISSING {
    @Override
    Optional<String> column(Table table) {
      return Optional.of(feature(table));
    }

    @Override
    double numberFor(double old) {
      return Double.NaN;
    }
  },

  /** All labels are the same. */
  ONE_CLASS {
    @Override
    Optional<String> column(Table table) {
      return switch (table.schema().kind()) {
        case INSTANCE -> table.schema().labelName();
        case PREDICTION -> Optional.of("label");
        default -> Optional.of("y").filter(name -> table.schema().indexOf(name) >= 0);
      };
    }

    @Override
    double numberFor(double old) {
      return 1;
    }
  },

  /** One host more takes part, with the rows of the first one. */
  MORE_HOSTS {
    @Override
    Optional<String> column(Table table) {
      return Optional.empty();
    }

    @Override
    double numberFor(double old) {
      return old;
    }

    @Override
    Optional<ComponentJob> of(ComponentJob sound) {
      List<Party> hosts = sound.parties().of(Role.HOST);
      Party first = hosts.get(0);
      Party added = new Party(Role.HOST, "1000" + hosts.size());
      Map<Role, List<String>> ids = new HashMap<>(sound.parties().byRole());
      List<String> all = new ArrayList<>(ids.get(Role.HOST));
      all.add(added.id());
      ids.put(Role.HOST, all);
      Map<Party, TaskInputs> inputs = new LinkedHashMap<>(sound.inputs());
      if (inputs.containsKey(first)) {
        inputs.put(added, inputs.get(first));
      }
      return Optional.of(
          new ComponentJob(sound.component(), new Parties(ids), sound.params(), inputs));
    }
  };

  /** The column of a table that becomes bad; empty if it has none such. */
  abstract Optional<String> column(Table table);

  /** What stands in the bad column. */
  abstract double numberFor(double old);

  /** The job with this input at every party; empty if nothing of its tables can be so bad. */
  Optional<ComponentJob> of(ComponentJob sound) {
    return columns(sound).isEmpty()
        ? Optional.empty()
        : Optional.of(sound.tables((party, table) -> spoil(table)));
  }

  /** The columns that become bad, at any party. */
  Set<String> columns(ComponentJob sound) {
    return sound.inputs().values().stream().flatMap(this::columns).collect(Collectors.toSet());
  }

  /** The parties whose input becomes bad. */
  Set<Party> at(ComponentJob sound) {
    return sound.inputs().entrySet().stream()
        .filter(entry -> columns(entry.getValue()).findAny().isPresent())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private Stream<String> columns(TaskInputs inputs) {
    return inputs.data().values().stream()
        .flatMap(List::stream)
        .flatMap(input -> column(input.table()).stream());
  }

  private Table spoil(Table table) {
    return column(table).map(name -> replaced(table, name)).orElse(table);
  }

  private Table replaced(Table table, String name) {
    int at = table.schema().indexOf(name);
    List<Column> columns = new ArrayList<>(table.columns());
    if (table.column(at) instanceof Column.Numbers numbers) {
      double[] values = Arrays.stream(numbers.values()).map(this::numberFor).toArray();
      columns.set(at, new Column.Numbers(values));
    } else {
      double number = numberFor(0);
      String[] values = new String[table.rowCount()];
      Arrays.fill(values, Double.isNaN(number) ? "" : String.valueOf((long) number));
      columns.set(at, new Column.Texts(values));
    }
    return table.withColumns(table.schema().columns(), columns);
  }

  /** Any column but the label; of predictions the score. */
  private static String feature(Table table) {
    if (table.schema().kind() == TableKind.PREDICTION) {
      return "predict_score";
    }
    List<ColumnSpec> all = table.schema().columns();
    return table.schema().indexOf("x1") >= 0 ? "x1" : all.get(all.size() - 1).name();
  }
}
