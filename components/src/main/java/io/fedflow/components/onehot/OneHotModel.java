package io.fedflow.components.onehot;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.components.columns.ColumnChoice;
import io.fedflow.components.task.Parallel;
import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which values columns have, and the stored form: FATE 1.11's {@code OneHotMeta} and {@code
 * OneHotParam}. Immutable.
 *
 * @param header all feature columns at training, in order
 * @param values replaced column to its values as texts, in ascending order; in header order
 * @param numbers replaced column to whether it holds numbers; empty for a stored model
 */
record OneHotModel(
    List<String> header, Map<String, List<String>> values, Map<String, Boolean> numbers) {

  static final String MODULE = "OneHotEncoder";

  private static final int MOST_VALUES = 1024;

  private static final MessageSchema META =
      MessageSchema.builder("OneHotMeta")
          .repeated("transform_col_names", 1, Type.STRING)
          .repeated("header", 2, Type.STRING)
          .one("need_run", 3, Type.BOOL)
          .build();

  private static final MessageSchema COLUMN =
      MessageSchema.builder("ColsMap")
          .repeated("values", 1, Type.STRING)
          .repeated("transformed_headers", 2, Type.STRING)
          .build();

  private static final MessageSchema PARAM =
      MessageSchema.builder("OneHotParam")
          .map("col_map", 1, COLUMN)
          .repeated("result_header", 2, Type.STRING)
          .build();

  OneHotModel {
    header = List.copyOf(header);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    numbers = Map.copyOf(numbers);
  }

  /**
   * Learns from rows.
   *
   * @throws FedflowException {@code columns.unknown} or {@code onehot.values} (INVALID)
   */
  static OneHotModel fit(TaskContext context, Table table) throws InterruptedException {
    Params params = context.params();
    List<String> header = table.schema().header();
    List<String> chosen =
        ColumnChoice.choose(
            header,
            params.get("transform_col_indexes"),
            params.texts("transform_col_names"),
            "transform_col_indexes",
            "transform_col_names");
    List<List<String>> found =
        Parallel.map(
            context,
            chosen.size(),
            i -> valuesOf(chosen.get(i), table.column(table.schema().indexOf(chosen.get(i)))));
    Map<String, List<String>> values = new LinkedHashMap<>();
    Map<String, Boolean> numbers = new HashMap<>();
    for (int i = 0; i < chosen.size(); i++) {
      String name = chosen.get(i);
      values.put(name, found.get(i));
      numbers.put(name, table.column(table.schema().indexOf(name)) instanceof Column.Numbers);
    }
    return new OneHotModel(header, values, numbers);
  }

  /**
   * Checks what the new columns are called.
   *
   * @return this
   * @throws FedflowException {@code columns.double} (INVALID)
   */
  OneHotModel requireDistinctNames() {
    List<String> result = resultHeader();
    if (result.stream().distinct().count() != result.size()) {
      throw FedflowException.invalid(
          "columns.double",
          "columns: found a new name twice among " + result + "; rename a column of the table");
    }
    return this;
  }

  /** Reads a stored model. */
  static OneHotModel of(ComponentModel stored) {
    Map<String, ModelMessage> columns = stored.param().map("col_map");
    List<String> header = stored.meta().list("header");
    Map<String, List<String>> values = new LinkedHashMap<>();
    // A map of a stored message keeps no order: the header has it.
    for (String name : header) {
      if (columns.containsKey(name)) {
        values.put(name, columns.get(name).list("values"));
      }
    }
    return new OneHotModel(header, values, Map.of());
  }

  /** The feature columns of encoded rows. */
  List<String> resultHeader() {
    return header.stream()
        .flatMap(
            name ->
                values.containsKey(name) ? names(name).stream() : java.util.stream.Stream.of(name))
        .toList();
  }

  /**
   * The rows with a column for each value; a value that training did not see is 0 in all of them.
   *
   * @param table has the columns of the header
   */
  Table apply(Table table) {
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      ColumnSpec spec = table.schema().columns().get(i);
      List<String> known = spec.use() == ColumnSpec.Use.FEATURE ? values.get(spec.name()) : null;
      if (known == null) {
        specs.add(spec);
        columns.add(table.column(i));
        continue;
      }
      List<String> names = names(spec.name());
      double[][] bits = bits(table.column(i), known);
      for (int k = 0; k < known.size(); k++) {
        specs.add(
            new ColumnSpec(names.get(k), ColumnSpec.Type.INTEGER, spec.use(), anonymous(spec, k)));
        columns.add(new Column.Numbers(bits[k]));
      }
    }
    return table.withColumns(specs, columns);
  }

  /** The stored form. */
  ComponentModel toStored(String component, String module) {
    Map<String, ModelMessage> columns = new LinkedHashMap<>();
    values.forEach(
        (name, known) ->
            columns.put(
                name,
                new ModelMessage(
                    COLUMN, Map.of("values", known, "transformed_headers", names(name)))));
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    messages.put(
        "OneHotMeta",
        new ModelMessage(
            META,
            Map.of(
                "transform_col_names",
                List.copyOf(values.keySet()),
                "header",
                header,
                "need_run",
                true)));
    messages.put(
        "OneHotParam",
        new ModelMessage(PARAM, Map.of("col_map", columns, "result_header", resultHeader())));
    return new ComponentModel(component, module, "model", messages);
  }

  private List<String> names(String column) {
    return values.get(column).stream().map(value -> column + '_' + value).toList();
  }

  private static String anonymous(ColumnSpec spec, int number) {
    return spec.anonymousName().isEmpty() ? "" : spec.anonymousName() + '_' + number;
  }

  private static double[][] bits(Column column, List<String> known) {
    Map<String, Integer> positions = new HashMap<>();
    known.forEach(value -> positions.put(value, positions.size()));
    double[][] bits = new double[known.size()][column.size()];
    for (int row = 0; row < column.size(); row++) {
      Integer at = positions.get(column.textAt(row));
      if (at != null) {
        bits[at][row] = 1;
      }
    }
    return bits;
  }

  private static List<String> valuesOf(String name, Column column) {
    if (column instanceof Column.Numbers numbers) {
      for (double value : numbers.values()) {
        if (Double.isNaN(value) || value != Math.rint(value)) {
          throw ColumnException.of(
              "onehot.values",
              name,
              "found "
                  + (Double.isNaN(value) ? "a missing value" : "a fraction")
                  + ", allowed are whole numbers and texts; fill or bin the column first");
        }
      }
      double[] distinct = Arrays.stream(numbers.values()).sorted().distinct().toArray();
      requireFew(name, distinct.length);
      Column.Numbers sorted = new Column.Numbers(distinct);
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < distinct.length; i++) {
        texts.add(sorted.textAt(i));
      }
      // 0.0 and -0.0 are the same number.
      return texts.stream().distinct().toList();
    }
    TreeSet<String> distinct = new TreeSet<>(Arrays.asList(((Column.Texts) column).values()));
    requireFew(name, distinct.size());
    return List.copyOf(distinct);
  }

  static void requireFew(String name, int values) {
    if (values > MOST_VALUES) {
      throw ColumnException.of(
          "onehot.values",
          name,
          "found " + values + " distinct values, allowed are at most " + MOST_VALUES);
    }
  }
}
