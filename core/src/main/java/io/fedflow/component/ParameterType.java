package io.fedflow.component;

import java.util.List;
import java.util.Map;

/** The JSON kinds a parameter value may have. A parameter may accept several. */
public enum ParameterType {
  /** {@code true} or {@code false}; never 0, 1 or a text. */
  BOOL("true or false"),
  /** A number without a fraction that fits 64 bits. */
  INT("an integer"),
  /** Any finite number. */
  NUMBER("a number"),
  /** A text. */
  TEXT("a text"),
  /** An array. */
  LIST("an array"),
  /** An object whose keys are free. */
  MAP("an object"),
  /** Null. */
  NULL("null");

  private final String spoken;

  ParameterType(String spoken) {
    this.spoken = spoken;
  }

  /** How error messages call this type. */
  public String spoken() {
    return spoken;
  }

  /** Tells whether a JSON value is of this type. */
  public boolean accepts(Object value) {
    return switch (this) {
      case BOOL -> value instanceof Boolean;
      case INT -> value instanceof Integer || value instanceof Long || value instanceof Short;
      case NUMBER -> value instanceof Number number && Double.isFinite(number.doubleValue());
      case TEXT -> value instanceof String;
      case LIST -> value instanceof List;
      case MAP -> value instanceof Map;
      case NULL -> value == null;
    };
  }
}
