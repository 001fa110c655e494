package io.fedflow.failure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Columns of a party's own input were refused. The message names them as their own site does;
 * {@link #told()} names them for all others, by what {@link #calling} was given. Whoever refuses a
 * column need not know its anonymous name: the engine knows it from the tables that came in.
 * Immutable.
 */
public final class ColumnException extends FedflowException {

  private static final long serialVersionUID = 1L;

  /** So many columns are told by name; of the others only how many they are. */
  static final int MOST_TOLD = 5;

  /** What is told of one column is cut off there. */
  static final int LONGEST_TOLD = 100;

  private final transient Map<String, String> elsewhere;

  private ColumnException(String code, String message, Map<String, String> elsewhere) {
    super(FailureKind.INVALID, code, message);
    this.elsewhere = Collections.unmodifiableMap(elsewhere);
  }

  /**
   * Refuses columns.
   *
   * @param columns their names at their own site; empty names are left out
   * @param message for a person at that site; may name columns
   */
  public static ColumnException of(String code, List<String> columns, String message) {
    Map<String, String> elsewhere = new LinkedHashMap<>();
    columns.stream().filter(name -> !name.isEmpty()).forEach(name -> elsewhere.put(name, ""));
    return new ColumnException(code, message, elsewhere);
  }

  /**
   * Refuses one column by the message {@code column <name>: <why>}.
   *
   * @param why what was found, and what is allowed
   */
  public static ColumnException of(String code, String column, String why) {
    return of(code, List.of(column), "column " + column + ": " + why);
  }

  /** The names of the columns at their own site, in the order in which they were named. */
  public List<String> columns() {
    return List.copyOf(elsewhere.keySet());
  }

  /**
   * The same failure with what other sites are to read in place of names.
   *
   * @param names a name at the own site to what others read; empty or null if that is unknown. Not
   *     asked for columns of which it is known already
   */
  public ColumnException calling(UnaryOperator<String> names) {
    Map<String, String> called = new LinkedHashMap<>();
    elsewhere.forEach(
        (column, known) -> {
          String name = known.isEmpty() ? names.apply(column) : known;
          called.put(column, name == null ? "" : name);
        });
    return new ColumnException(code(), getMessage(), called);
  }

  /** What other sites read in place of a column's name; empty if nobody said. */
  public String elsewhere(String column) {
    return elsewhere.getOrDefault(column, "");
  }

  /**
   * The columns as other sites read them, {@code column host_10000_x3} or {@code columns
   * host_10000_x3, host_10000_x4 and 7 more}; empty if none of them may be named.
   */
  public String told() {
    List<String> named = new ArrayList<>();
    for (String name : elsewhere.values()) {
      if (!name.isEmpty() && named.size() < MOST_TOLD) {
        named.add(name.length() > LONGEST_TOLD ? name.substring(0, LONGEST_TOLD) + '…' : name);
      }
    }
    if (named.isEmpty()) {
      return "";
    }
    int more = elsewhere.size() - named.size();
    return (elsewhere.size() == 1 ? "column " : "columns ")
        + String.join(", ", named)
        + (more > 0 ? " and " + more + " more" : "");
  }
}
