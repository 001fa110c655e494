package io.fedflow.components.labels;

import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives labels in predictions the names back that they had before they were encoded. */
final class PredictedLabels {

  private static final String LABEL = "label";
  private static final String RESULT = "predict_result";
  private static final String DETAIL = "predict_detail";
  private static final Pattern KEY = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s*:");

  private PredictedLabels() {}

  /**
   * Predictions in the labels of the data.
   *
   * @throws FedflowException {@code labels.unknown} (INVALID) for a result that no label became
   */
  static Table restore(Table predictions, LabelEncoder encoder) {
    Map<String, Object> inverse = encoder.inverse();
    ColumnSpec.Type type = LabelEncoder.type(inverse.values());
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < predictions.columns().size(); i++) {
      ColumnSpec spec = predictions.schema().columns().get(i);
      Column column = predictions.column(i);
      switch (spec.name()) {
        case LABEL, RESULT -> {
          specs.add(new ColumnSpec(spec.name(), type, spec.use(), spec.anonymousName()));
          columns.add(LabelEncoder.column(restored(spec.name(), column, inverse), type));
        }
        case DETAIL -> {
          specs.add(spec);
          columns.add(details(column, inverse));
        }
        default -> {
          specs.add(spec);
          columns.add(column);
        }
      }
    }
    return predictions.withColumns(specs, columns);
  }

  private static Object[] restored(String name, Column column, Map<String, Object> inverse) {
    Object[] restored = new Object[column.size()];
    Set<String> unknown = new LinkedHashSet<>();
    for (int row = 0; row < restored.length; row++) {
      String text = column.textAt(row);
      restored[row] = inverse.get(text);
      // A prediction of rows without labels has none to restore.
      if (restored[row] == null && !text.isEmpty()) {
        unknown.add(text);
      }
    }
    if (!unknown.isEmpty()) {
      throw ColumnException.of(
          "labels.unknown",
          name,
          "found values that no label became, allowed are " + inverse.keySet());
    }
    return restored;
  }

  private static Column details(Column column, Map<String, Object> inverse) {
    String[] restored = new String[column.size()];
    for (int row = 0; row < restored.length; row++) {
      Matcher keys = KEY.matcher(column.textAt(row));
      StringBuilder text = new StringBuilder();
      while (keys.find()) {
        Object label = inverse.get(keys.group(1));
        String key = label == null ? keys.group(1) : quoted(label.toString());
        keys.appendReplacement(text, Matcher.quoteReplacement('"' + key + "\":"));
      }
      restored[row] = keys.appendTail(text).toString();
    }
    return new Column.Texts(restored);
  }

  private static String quoted(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
