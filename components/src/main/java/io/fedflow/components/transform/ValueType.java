package io.fedflow.components.transform;

import io.fedflow.table.ColumnSpec;
import java.util.List;
import java.util.Locale;

/** The value types that confs name. Aliases share a way of parsing. */
enum ValueType {
  INT(ColumnSpec.Type.INTEGER),
  INT64(ColumnSpec.Type.INTEGER),
  LONG(ColumnSpec.Type.INTEGER),
  FLOAT(ColumnSpec.Type.NUMBER),
  FLOAT64(ColumnSpec.Type.NUMBER),
  STR(ColumnSpec.Type.TEXT);

  /** The names a conf may use. */
  static final List<String> NAMES = List.of("int", "int64", "float", "float64", "str", "long");

  private final ColumnSpec.Type column;

  ValueType(ColumnSpec.Type column) {
    this.column = column;
  }

  /** The type of a name in {@link #NAMES}. */
  static ValueType of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The name in confs and models. */
  String spoken() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How a table holds such values. */
  ColumnSpec.Type column() {
    return column;
  }
}
