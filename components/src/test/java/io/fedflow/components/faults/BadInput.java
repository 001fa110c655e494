package io.fedflow.components.faults;

import io.fedflow.component.TaskInputs;
import io.fedflow.components.testing.ComponentJob;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Input that a component may not be able to work on. */
enum BadInput {
  /** One column has the same value in every row. */
  CONSTANT("constant column") {
    @Override
    Table spoil(Party party, Table table) {
      return SpoiledTables.filled(table, SpoiledTables.feature(table), 1);
    }
  },

  /** One column has no value in any row. */
  MISSING("all-missing column") {
    @Override
    Table spoil(Party party, Table table) {
      return SpoiledTables.filled(table, SpoiledTables.feature(table), Double.NaN);
    }
  },

  /** One value is far beyond what fixed-point numbers hold. */
  HUGE("1e200") {
    @Override
    Table spoil(Party party, Table table) {
      return SpoiledTables.first(table, SpoiledTables.feature(table), 1e200);
    }
  },

  /** All labels are the same. */
  ONE_CLASS("one class") {
    @Override
    Optional<String> column(Table table) {
      return SpoiledTables.label(table);
    }

    @Override
    Table spoil(Party party, Table table) {
      return column(table).map(label -> SpoiledTables.filled(table, label, 1)).orElse(table);
    }
  },

  /** There is no row, as after an empty intersection. */
  NO_ROW("no row") {
    @Override
    Table spoil(Party party, Table table) {
      return table.select(new int[0]);
    }
  },

  /** Every party has ids that no other party has. */
  OTHER_ROWS("other rows") {
    @Override
    Table spoil(Party party, Table table) {
      return SpoiledTables.withIds(table, party + "/");
    }
  },

  /** What was learned before knows a column that the rows to apply it to lack. */
  OTHER_COLUMNS("other columns") {
    @Override
    Table spoil(Party party, Table table) {
      return SpoiledTables.renamed(table, SpoiledTables.feature(table), "other");
    }

    @Override
    Optional<ComponentJob> of(ComponentJob sound) {
      if (sound.module().equals("PSI")) {
        // It compares two tables at once, and applies nothing.
        return Optional.empty();
      }
      Result learned = sound.harness().run().succeeded();
      return learned.outputs().values().stream().anyMatch(given -> given.model().isPresent())
          ? super.of(sound.applying(learned))
          : Optional.empty();
    }
  },

  /** One host more takes part, with the rows of the first one. */
  MORE_HOSTS("one host more") {
    @Override
    Table spoil(Party party, Table table) {
      return table;
    }

    @Override
    Optional<ComponentJob> of(ComponentJob sound) {
      List<String> hosts = new ArrayList<>(sound.parties().byRole().get(Role.HOST));
      Party first = new Party(Role.HOST, hosts.get(0));
      Party added = new Party(Role.HOST, "1000" + hosts.size());
      hosts.add(added.id());
      Map<Role, List<String>> ids = new HashMap<>(sound.parties().byRole());
      ids.put(Role.HOST, hosts);
      Map<Party, TaskInputs> inputs = new LinkedHashMap<>(sound.inputs());
      if (inputs.containsKey(first)) {
        inputs.put(added, inputs.get(first));
      }
      return Optional.of(
          new ComponentJob(sound.component(), new Parties(ids), sound.params(), inputs));
    }
  };

  private final String head;

  BadInput(String head) {
    this.head = head;
  }

  /** How the page calls it. */
  String head() {
    return head;
  }

  /** A party's table with what is bad in it. */
  abstract Table spoil(Party party, Table table);

  /** The column of a table that becomes bad; empty if it has none such. */
  Optional<String> column(Table table) {
    return Optional.of(SpoiledTables.feature(table));
  }

  /**
   * What a refusal has to name one of: the column, unless rows or parties are at fault. Of labels
   * only their own site knows how they are called.
   */
  Set<String> named(ComponentJob sound) {
    return switch (this) {
      case NO_ROW, OTHER_ROWS, MORE_HOSTS -> Set.of();
      case ONE_CLASS -> Set.of("label");
      default -> columns(sound);
    };
  }

  /** The job with this input at every party; empty if nothing of its tables can be so bad. */
  Optional<ComponentJob> of(ComponentJob sound) {
    return columns(sound).isEmpty() ? Optional.empty() : Optional.of(sound.tables(this::spoil));
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
}
