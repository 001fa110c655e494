package io.fedflow.components.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.model.ModelMessage;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares what two runs gave, numbers within a tolerance, wherever they stand. Stateless. */
public final class Agreement {

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

  private Agreement() {}

  /**
   * Fails unless two tables have the same ids, columns and values.
   *
   * @param tolerance largest difference of numbers, those in texts included
   * @param except names of columns that are not compared
   */
  public static void assertSame(
      Table expected, Table actual, double tolerance, Set<String> except) {
    assertThat(actual.ids()).isEqualTo(expected.ids());
    List<String> names = names(expected);
    assertThat(names(actual)).isEqualTo(names);
    for (int i = 0; i < names.size(); i++) {
      if (!except.contains(names.get(i))) {
        assertSame(names.get(i), expected.column(i), actual.column(i), tolerance);
      }
    }
  }

  /** Fails unless both have the same keys and, within the tolerance, values. */
  public static void assertSame(
      Map<String, Double> expected, Map<String, Double> actual, double tolerance) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((key, value) -> assertSame(key, value, actual.get(key), tolerance));
  }

  /**
   * The numbers of a tree, by where they stand, and its texts, in lists without regard to their
   * order. Truth values are numbers, too.
   */
  public static Map<String, Double> numbers(Object tree) {
    Map<String, Double> numbers = new TreeMap<>();
    collect("", tree, numbers);
    return numbers;
  }

  // A message of a model is a tree of its fields.
  private static void collect(String path, Object tree, Map<String, Double> numbers) {
    if (tree instanceof Map<?, ?> map) {
      map.forEach((key, value) -> collect(path + '/' + key, value, numbers));
    } else if (tree instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        Object element = list.get(i);
        collect(element instanceof String ? path : path + '/' + i, element, numbers);
      }
    } else if (tree instanceof ModelMessage message) {
      collect(path, message.values(), numbers);
    } else if (tree instanceof Number number) {
      numbers.put(path, number.doubleValue());
    } else if (tree instanceof Boolean truth) {
      numbers.put(path, truth ? 1.0 : 0.0);
    } else {
      numbers.put(path + '=' + tree, 0.0);
    }
  }

  private static List<String> names(Table table) {
    return table.schema().columns().stream().map(ColumnSpec::name).toList();
  }

  private static void assertSame(String name, Column expected, Column actual, double tolerance) {
    assertThat(actual.getClass()).as(name).isEqualTo(expected.getClass());
    for (int row = 0; row < expected.size(); row++) {
      String at = name + " of row " + row;
      if (expected instanceof Column.Numbers numbers) {
        double value = ((Column.Numbers) actual).values()[row];
        assertSame(at, numbers.values()[row], value, tolerance);
      } else {
        assertSameText(at, expected.textAt(row), actual.textAt(row), tolerance);
      }
    }
  }

  private static void assertSameText(String at, String expected, String actual, double tolerance) {
    assertThat(NUMBER.matcher(actual).replaceAll("#"))
        .as(at)
        .isEqualTo(NUMBER.matcher(expected).replaceAll("#"));
    Matcher one = NUMBER.matcher(expected);
    Matcher other = NUMBER.matcher(actual);
    while (one.find() && other.find()) {
      assertSame(at, Double.parseDouble(one.group()), Double.parseDouble(other.group()), tolerance);
    }
  }

  private static void assertSame(String at, double expected, double actual, double tolerance) {
    if (Double.isNaN(expected)) {
      assertThat(actual).as(at).isNaN();
    } else {
      assertThat(Math.abs(actual - expected))
          .as("%s: %s and %s", at, expected, actual)
          .isLessThanOrEqualTo(tolerance);
    }
  }
}
