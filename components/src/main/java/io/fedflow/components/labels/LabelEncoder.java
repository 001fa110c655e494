package io.fedflow.components.labels;

import io.fedflow.component.Params;
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
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What labels become, and its stored form: FATE 1.11's {@code LabelTransformMeta} and {@code
 * LabelTransformParam}. Immutable.
 *
 * @param values label to a {@code Long}, a {@code Double} or a {@code String}
 * @param texts the labels that are texts even if they read as numbers
 */
record LabelEncoder(Map<String, Object> values, List<String> texts) {

  static final String MODULE = "LabelTransform";

  private static final MessageSchema META =
      MessageSchema.builder("LabelTransformMeta").one("need_run", 1, Type.BOOL).build();

  private static final MessageSchema PARAM =
      MessageSchema.builder("LabelTransformParam")
          .map("label_encoder", 1, Type.STRING)
          .map("encoder_key_type", 2, Type.STRING)
          .map("encoder_value_type", 3, Type.STRING)
          .build();

  LabelEncoder {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    texts = List.copyOf(texts);
  }

  /** Learns from a conf and the labels; labels that the conf's encoder does not name stay. */
  static LabelEncoder fit(Params params, String[] labels) {
    List<?> listed = params.isNull("label_list") ? List.of() : params.list("label_list");
    List<String> texts =
        listed.stream().filter(String.class::isInstance).map(String.class::cast).toList();
    Map<String, Object> values = new LinkedHashMap<>();
    if (params.isNull("label_encoder")) {
      List<String> distinct = Labels.distinct(labels);
      for (int i = 0; i < distinct.size(); i++) {
        values.put(distinct.get(i), (long) i);
      }
    } else {
      params
          .map("label_encoder")
          .forEach((label, value) -> values.put(Labels.normal(label), plain(value)));
    }
    LabelEncoder named = new LabelEncoder(values, texts);
    Labels.distinct(labels).forEach(label -> values.putIfAbsent(label, named.key(label)));
    return new LabelEncoder(values, texts);
  }

  /** Reads a stored model. */
  static LabelEncoder of(ComponentModel stored) {
    Map<String, String> encoder = stored.param().map("label_encoder");
    Map<String, String> keyTypes = stored.param().map("encoder_key_type");
    Map<String, String> valueTypes = stored.param().map("encoder_value_type");
    Map<String, Object> values = new LinkedHashMap<>();
    // A map of a stored message keeps no order.
    new TreeMap<>(encoder)
        .forEach((label, text) -> values.put(label, typed(text, valueTypes.get(label))));
    return new LabelEncoder(
        values, keyTypes.keySet().stream().filter(k -> keyTypes.get(k).equals("str")).toList());
  }

  /**
   * The rows with their new labels.
   *
   * @throws FedflowException {@code labels.unknown} (INVALID) for a label that is not named
   */
  Table apply(Table table) {
    int at = table.schema().indexOf(ColumnSpec.Use.LABEL);
    List<ColumnSpec> specs = new ArrayList<>(table.schema().columns());
    List<Column> columns = new ArrayList<>(table.columns());
    ColumnSpec spec = specs.get(at);
    String[] labels = Labels.texts(table).orElseThrow();
    Object[] encoded = new Object[labels.length];
    for (int row = 0; row < labels.length; row++) {
      encoded[row] = values.get(labels[row]);
      if (encoded[row] == null) {
        throw ColumnException.of(
            "labels.unknown",
            List.of(spec.name()),
            "label column "
                + spec.name()
                + ", row "
                + (row + 1)
                + ": found a label that label_encoder does not name, allowed are "
                + values.keySet());
      }
    }
    specs.set(
        at, new ColumnSpec(spec.name(), type(values.values()), spec.use(), spec.anonymousName()));
    columns.set(at, column(encoded, type(values.values())));
    return table.withColumns(specs, columns);
  }

  /** What a label became to the label that it was, as a number unless it is a text. */
  Map<String, Object> inverse() {
    Map<String, Object> inverse = new LinkedHashMap<>();
    values.forEach((label, value) -> inverse.putIfAbsent(text(value), key(label)));
    return inverse;
  }

  /** The stored form. */
  ComponentModel toStored(String component) {
    Map<String, String> encoder = new LinkedHashMap<>();
    Map<String, String> keyTypes = new LinkedHashMap<>();
    Map<String, String> valueTypes = new LinkedHashMap<>();
    values.forEach(
        (label, value) -> {
          encoder.put(label, text(value));
          keyTypes.put(label, typeName(key(label)));
          valueTypes.put(label, typeName(value));
        });
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    messages.put("LabelTransformMeta", new ModelMessage(META, Map.of("need_run", true)));
    messages.put(
        "LabelTransformParam",
        new ModelMessage(
            PARAM,
            Map.of(
                "label_encoder", encoder,
                "encoder_key_type", keyTypes,
                "encoder_value_type", valueTypes)));
    return new ComponentModel(component, MODULE, "model", messages);
  }

  /** The type of a column that holds these. */
  static ColumnSpec.Type type(Collection<?> values) {
    if (values.stream().anyMatch(String.class::isInstance)) {
      return ColumnSpec.Type.TEXT;
    }
    return values.stream().allMatch(Long.class::isInstance)
        ? ColumnSpec.Type.INTEGER
        : ColumnSpec.Type.NUMBER;
  }

  /** A column of numbers, or of texts. */
  static Column column(Object[] values, ColumnSpec.Type type) {
    if (type == ColumnSpec.Type.TEXT) {
      return new Column.Texts(Arrays.stream(values).map(LabelEncoder::text).toArray(String[]::new));
    }
    return new Column.Numbers(
        Arrays.stream(values)
            .mapToDouble(v -> v == null ? Double.NaN : ((Number) v).doubleValue())
            .toArray());
  }

  private Object key(String label) {
    return texts.contains(label) || !Labels.isNumber(label) ? label : plain(Double.valueOf(label));
  }

  private static Object plain(Object value) {
    if (value instanceof Number number) {
      double exact = number.doubleValue();
      return exact == Math.rint(exact) && Math.abs(exact) < 1e15
          ? (Object) (long) exact
          : (Object) exact;
    }
    return value;
  }

  private static Object typed(String text, String type) {
    return "str".equals(type) ? text : plain(Double.valueOf(text));
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private static String typeName(Object value) {
    return value instanceof String ? "str" : value instanceof Long ? "int" : "float";
  }
}
