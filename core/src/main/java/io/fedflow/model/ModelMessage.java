package io.fedflow.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a {@link MessageSchema}: field names to values of the declared types. Absent fields
 * stand at their default. Immutable.
 */
public final class ModelMessage {

  private final MessageSchema schema;
  private final Map<String, Object> values;

  /**
   * Copies the values.
   *
   * @throws IllegalArgumentException if a field is not declared
   */
  public ModelMessage(MessageSchema schema, Map<String, ?> values) {
    this.schema = schema;
    Map<String, Object> copy = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (schema.field(name).isEmpty()) {
            throw new IllegalArgumentException(schema.name() + " has no field " + name);
          }
          if (value != null) {
            copy.put(name, value);
          }
        });
    this.values = Collections.unmodifiableMap(copy);
  }

  /** The shape. */
  public MessageSchema schema() {
    return schema;
  }

  /** The values that are present. */
  public Map<String, Object> values() {
    return values;
  }

  /** A text field; its default is the empty text. */
  public String text(String field) {
    return values.get(field) instanceof String text ? text : "";
  }

  /** A numeric field; its default is 0. */
  public double number(String field) {
    return values.get(field) instanceof Number number ? number.doubleValue() : 0;
  }

  /** A true/false field; its default is false. */
  public boolean bool(String field) {
    return values.get(field) instanceof Boolean bool && bool;
  }

  /** A repeated field; its default is empty. */
  @SuppressWarnings("unchecked")
  public <T> List<T> list(String field) {
    return values.get(field) instanceof List<?> list ? (List<T>) list : List.of();
  }

  /** A map field; its default is empty. */
  @SuppressWarnings("unchecked")
  public <T> Map<String, T> map(String field) {
    return values.get(field) instanceof Map<?, ?> map ? (Map<String, T>) map : Map.of();
  }

  /** A map field with integer keys; its default is empty. */
  @SuppressWarnings("unchecked")
  public <T> Map<Integer, T> intMap(String field) {
    return values.get(field) instanceof Map<?, ?> map ? (Map<Integer, T>) map : Map.of();
  }

  /** A message field; its default is the empty message. */
  public ModelMessage message(String field) {
    return values.get(field) instanceof ModelMessage message
        ? message
        : new ModelMessage(schema.field(field).orElseThrow().message(), Map.of());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelMessage message
        && schema.name().equals(message.schema.name())
        && values.equals(message.values);
  }

  @Override
  public int hashCode() {
    return 31 * schema.name().hashCode() + values.hashCode();
  }

  /** The shape's name only. */
  @Override
  public String toString() {
    return schema.name();
  }
}
