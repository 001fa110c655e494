package io.fedflow.table;

import io.fedflow.failure.ColumnException;
import io.fedflow.party.Party;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The only names of a party's columns that may cross to another party. Stateless. */
public final class AnonymousNames {

  private AnonymousNames() {}

  /** {@code <role>_<party>_x<i>} for every feature, counted from 0. */
  public static List<String> header(Party party, int features) {
    return IntStream.range(0, features).mapToObj(i -> feature(party, i)).toList();
  }

  /** {@code <role>_<party>_exp_<k>}: a column that was appended to raw rows, counted from 0. */
  public static String expanded(Party party, int number) {
    return prefix(party) + "exp_" + number;
  }

  /** {@code <role>_<party>_y}. */
  public static String label(Party party) {
    return prefix(party) + "y";
  }

  /**
   * Feature name to anonymous name, in header order. A column that was not given one upstream is
   * called {@code <role>_<party>_x<position>}.
   */
  public static Map<String, String> of(TableSchema schema, Party party) {
    Map<String, String> names = new LinkedHashMap<>();
    for (ColumnSpec column : schema.columns()) {
      if (column.use() == ColumnSpec.Use.FEATURE) {
        names.put(
            column.name(),
            column.anonymousName().isEmpty()
                ? feature(party, names.size())
                : column.anonymousName());
      }
    }
    return names;
  }

  /**
   * What another party may read in place of a column's name: the anonymous name of a feature or a
   * label. Other columns, and those of rows that were not given such names, are told by what they
   * are for or by their position, which tells no name either.
   *
   * @param column its name at its own party
   * @return empty if the table has no such column
   */
  public static String elsewhere(TableSchema schema, Party party, String column) {
    int at = schema.indexOf(column);
    if (at < 0) {
      return "";
    }
    ColumnSpec spec = schema.columns().get(at);
    if (!spec.anonymousName().isEmpty()) {
      return spec.anonymousName();
    }
    return switch (spec.use()) {
      case FEATURE ->
          schema.kind() == TableKind.INSTANCE
              ? of(schema, party).get(column)
              : "number " + (at + 1) + " of its table";
      case LABEL -> label(party);
      case WEIGHT -> "of sample weights";
      case MATCH_ID -> "of match ids";
    };
  }

  /**
   * A refusal of columns that knows what other parties read in place of their names, as far as the
   * tables that came in say it and whoever refused them did not.
   *
   * @param party whose tables they are
   * @param inputs what the tables hold; of several that have a column the first counts
   */
  public static ColumnException told(
      ColumnException refused, Party party, List<TableSchema> inputs) {
    return refused.calling(
        column ->
            inputs.stream()
                .map(schema -> elsewhere(schema, party, column))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(""));
  }

  private static String feature(Party party, int position) {
    return prefix(party) + 'x' + position;
  }

  private static String prefix(Party party) {
    return party.role().name() + '_' + party.id() + '_';
  }
}
