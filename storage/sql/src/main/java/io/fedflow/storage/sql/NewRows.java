package io.fedflow.storage.sql;

import io.fedflow.failure.FedflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Inserts of new rows into a table. Nearly all of them have the same value in many columns: those
 * stand in a statement of their own, and are neither sent nor bound. Immutable; thread-safe.
 */
final class NewRows {

  private static final String UNLESS_TAKEN = " ON CONFLICT DO NOTHING";

  private final String general;
  private final String usual;

  /** What a usual row has in each column; null where rows differ. */
  private final List<Object> shared = new ArrayList<>();

  private NewRows(SqlTable table, Map<String, Object> values) {
    List<String> places = new ArrayList<>();
    int given = 0;
    for (String column : table.columns()) {
      Object value = values.get(column);
      shared.add(value);
      places.add(value == null ? "$" + ++given : literal(value));
    }
    if (shared.stream().filter(value -> value != null).count() != values.size()) {
      throw new IllegalArgumentException(table.name() + " lacks some of " + values.keySet());
    }
    general = table.insert() + UNLESS_TAKEN;
    usual = table.insert(places) + UNLESS_TAKEN;
  }

  /**
   * The inserts of a table.
   *
   * @param usual what nearly every new row has in these columns: longs, and texts without quotes
   */
  static NewRows of(SqlTable table, Map<String, Object> usual) {
    return new NewRows(table, usual);
  }

  private static String literal(Object value) {
    if (value instanceof String text && text.indexOf('\'') >= 0) {
      throw new IllegalArgumentException("a quote in " + text);
    }
    return value instanceof Long ? value.toString() : "'" + value + "'";
  }

  /**
   * Inserts a row, or touches nothing if its key is taken.
   *
   * @param args the row, in the order of the table's columns
   * @param refusal why the change is refused if the key is taken
   */
  Step insert(Args args, Supplier<FedflowException> refusal) {
    List<Object> row = args.list();
    List<Object> own = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      if (shared.get(i) == null) {
        own.add(row.get(i));
      } else if (!shared.get(i).equals(row.get(i))) {
        return new Step(general, row, false, refusal);
      }
    }
    return new Step(usual, own, false, refusal);
  }
}
