package io.fedflow.dsl;

import io.fedflow.party.Party;
import java.util.Map;

/**
 * One table that flows into a task.
 *
 * @param kind {@code data}, {@code train_data}, {@code validate_data}, {@code test_data} or {@code
 *     eval_data}
 * @param source where it comes from
 */
public record DataEdge(String kind, Source source) {

  /** Where a table comes from. */
  public sealed interface Source {

    /** The reference as the DSL wrote it. */
    String reference();
  }

  /**
   * The output of an upstream task at the same party.
   *
   * @param component the upstream component
   * @param output the name of its data output
   * @param index the position among its declared data outputs
   */
  public record TaskOutput(String component, String output, int index) implements Source {
    @Override
    public String reference() {
      return component + '.' + output;
    }
  }

  /**
   * A stored table, bound in the runtime conf (DSL v1: {@code args.<key>}).
   *
   * @param key the key after {@code args.}
   * @param tables the table of each party that has one
   */
  public record StoredTable(String key, Map<Party, TableRef> tables) implements Source {
    /** Copies the map. */
    public StoredTable {
      tables = Map.copyOf(tables);
    }

    @Override
    public String reference() {
      return "args." + key;
    }
  }
}
