package io.fedflow.storage.sql;

import io.fedflow.failure.FedflowException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds the condition and the page of a query; values only ever become parameters. */
final class Where {

  private static final int MOST_VALUES = 16_384;

  /** Sorts behind every other character. */
  private static final String GREATEST = Character.toString(Character.MAX_CODE_POINT);

  private final List<String> conditions = new ArrayList<>();
  private final Args args = new Args();

  /** Only rows whose column is one of the values; any row if there are none. */
  Where among(String column, Collection<String> values) {
    if (values.isEmpty()) {
      return this;
    }
    if (values.size() > MOST_VALUES) {
      throw FedflowException.invalid(
          "store.query",
          column + ": found " + values.size() + " values to look for, allowed " + MOST_VALUES);
    }
    List<String> padded = new ArrayList<>(values);
    // Numbers of values are rounded up to powers of two, so that few texts of statements arise and
    // drivers can keep them prepared.
    while (Integer.bitCount(padded.size()) != 1) {
      padded.add(padded.get(0));
    }
    conditions.add(
        column
            + " IN ("
            + padded.stream().map(this::parameter).collect(Collectors.joining(", "))
            + ')');
    return this;
  }

  /** Only rows whose column has the name of one of the values. */
  Where named(String column, Collection<? extends Enum<?>> values) {
    return among(column, values.stream().map(Enum::name).toList());
  }

  /** Only rows for which a condition without parameters holds. */
  Where only(String condition) {
    conditions.add(condition);
    return this;
  }

  /** Only rows whose column holds a text, in either case of its letters; any if it is empty. */
  Where holds(String column, String text) {
    if (!text.isEmpty()) {
      String escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
      conditions.add(
          "lower(" + column + ") LIKE " + parameter('%' + lower(escaped) + '%') + " ESCAPE '\\'");
    }
    return this;
  }

  /** Only rows whose column holds a text as it is; any if it is empty. */
  Where has(String column, String text) {
    if (!text.isEmpty()) {
      // The databases have no other function in common that minds the case of letters.
      conditions.add("replace(" + column + ", " + parameter(text) + ", '') <> " + column);
    }
    return this;
  }

  /** Only rows whose column begins with a text. */
  Where begins(String column, String text) {
    conditions.add(column + " >= " + parameter(text));
    conditions.add(column + " < " + parameter(text + GREATEST));
    return this;
  }

  /**
   * Only rows in which one of two texts stands, beyond once if another column has a value.
   *
   * @param either of the same length
   */
  Where moreOften(String column, List<String> either, String other, String value) {
    String without = column;
    for (String text : either) {
      without = "replace(" + without + ", " + parameter(text) + ", '')";
    }
    int length = either.get(0).codePointCount(0, either.get(0).length());
    conditions.add(
        "length("
            + column
            + ") - length("
            + without
            + ") > CASE WHEN "
            + other
            + " = "
            + parameter(value)
            + " THEN "
            + length
            + " ELSE 0 END");
    return this;
  }

  /** As both databases do with our columns: A to Z, and no other letters. */
  private static String lower(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    text.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c)));
    return lower.toString();
  }

  /** Only rows whose column is not less than a number. */
  Where atLeast(String column, long least) {
    args.number(least);
    conditions.add(column + " >= $" + args.list().size());
    return this;
  }

  /** Only rows behind one in the order of columns, of which the last is a number. */
  Where behind(String columns, List<String> texts, long number) {
    String before = texts.stream().map(this::parameter).collect(Collectors.joining(", "));
    args.number(number);
    conditions.add('(' + columns + ") > (" + before + ", $" + args.list().size() + ')');
    return this;
  }

  /** The statement: a select with the conditions. */
  String sql(String select) {
    return conditions.isEmpty() ? select : select + " WHERE " + String.join(" AND ", conditions);
  }

  /** The statement: a select with the conditions, an order and a page. */
  String sql(String select, String order, int offset, int limit) {
    String conditioned = sql(select);
    args.number(limit).number(offset);
    int last = args.list().size();
    return conditioned + " ORDER BY " + order + " LIMIT $" + (last - 1) + " OFFSET $" + last;
  }

  /** The parameters, once the statement was made. */
  List<Object> args() {
    return args.list();
  }

  private String parameter(String value) {
    args.text(value);
    return "$" + args.list().size();
  }

  /** Quotes names of constants of ours for use inside a statement. */
  static String literals(Stream<? extends Enum<?>> constants) {
    return constants.map(c -> '\'' + c.name() + '\'').collect(Collectors.joining(", ", "(", ")"));
  }
}
