package io.fedflow.components.columns;

import io.fedflow.failure.FedflowException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Picks feature columns the way confs do: by position, by name, or all by {@code -1}. */
public final class ColumnChoice {

  private static final long ALL = -1;

  private ColumnChoice() {}

  /**
   * The chosen columns in header order, each once.
   *
   * @param header all feature columns
   * @param indexes {@code -1} for all, or a list of 0-based positions, or null
   * @param names further columns by name; may be null
   * @param indexParameter the conf's name for {@code indexes}, for messages
   * @param nameParameter the conf's name for {@code names}, for messages
   * @throws FedflowException {@code columns.unknown} (INVALID) if a position or name is not in the
   *     header
   */
  public static List<String> choose(
      List<String> header,
      Object indexes,
      List<String> names,
      String indexParameter,
      String nameParameter) {
    if (indexes instanceof Number number) {
      if (number.longValue() == ALL) {
        return header;
      }
      throw unknown(indexParameter, number, "-1 for all columns, or an array of positions");
    }
    Set<Integer> chosen = new TreeSet<>();
    for (Object index : indexes instanceof List<?> list ? list : List.of()) {
      chosen.add(position(header, index, indexParameter));
    }
    for (String name : names == null ? List.<String>of() : names) {
      int at = header.indexOf(name);
      if (at < 0) {
        throw unknown(nameParameter, name, "one of " + header);
      }
      chosen.add(at);
    }
    return chosen.stream().map(header::get).toList();
  }

  /**
   * As {@link #choose}, but leaves out names that the header lacks as long as something is chosen:
   * a conf that is common to all parties may name a column of one of them.
   *
   * @param leftOut hears of names that are left out, if there are any
   * @throws FedflowException {@code columns.unknown} (INVALID) if a position is not in the header,
   *     or nothing is chosen although names are given
   */
  public static List<String> choosePresent(
      List<String> header,
      Object indexes,
      List<String> names,
      String indexParameter,
      String nameParameter,
      Consumer<String> leftOut) {
    List<String> given = names == null ? List.of() : names;
    List<String> present = given.stream().filter(header::contains).toList();
    List<String> chosen = choose(header, indexes, present, indexParameter, nameParameter);
    if (chosen.isEmpty()) {
      return choose(header, indexes, given, indexParameter, nameParameter);
    }
    List<String> absent = given.stream().filter(name -> !header.contains(name)).toList();
    if (!absent.isEmpty()) {
      leftOut.accept(nameParameter + ": columns " + absent + " are not here, and left out");
    }
    return chosen;
  }

  /**
   * The column at a position.
   *
   * @throws FedflowException {@code columns.unknown} (INVALID) if there is none
   */
  public static String at(List<String> header, Object index, String parameter) {
    return header.get(position(header, index, parameter));
  }

  private static int position(List<String> header, Object index, String parameter) {
    if (index instanceof Number number
        && number.doubleValue() == Math.rint(number.doubleValue())
        && number.longValue() >= 0
        && number.longValue() < header.size()) {
      return number.intValue();
    }
    throw unknown(parameter, index, "positions 0.." + (header.size() - 1));
  }

  private static FedflowException unknown(String parameter, Object found, String allowed) {
    return FedflowException.invalid(
        "columns.unknown", parameter + ": found " + found + ", allowed " + allowed);
  }
}
