package io.fedflow.components.columns;

import io.fedflow.party.Party;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The only names of a party's columns that may cross to another party. */
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

  private static String feature(Party party, int position) {
    return prefix(party) + 'x' + position;
  }

  private static String prefix(Party party) {
    return party.role().name() + '_' + party.id() + '_';
  }
}
