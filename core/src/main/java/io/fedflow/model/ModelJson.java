package io.fedflow.model;

import io.fedflow.model.MessageSchema.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Model messages as protobuf's JSON mapping writes them, defaults included: lower-camel names,
 * 64-bit integers as texts.
 */
public final class ModelJson {

  private ModelJson() {}

  /** The JSON tree of a message. */
  public static Map<String, Object> tree(ModelMessage message) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (Field field : message.schema().fields()) {
      Object value = value(field, message);
      // Protobuf's JSON has every field with its default, but no message that is not there.
      if (value != null) {
        tree.put(camel(field.name()), value);
      }
    }
    return tree;
  }

  private static Object value(Field field, ModelMessage message) {
    Function<Object, Object> encode = one -> encode(field.type(), one);
    return switch (field.label()) {
      case REPEATED -> message.<Object>list(field.name()).stream().map(encode).toList();
      case MAP, INT_MAP -> map(message, field, encode);
      case ONE -> one(field, message, encode);
    };
  }

  private static Map<String, Object> map(
      ModelMessage message, Field field, Function<Object, Object> encode) {
    Map<String, Object> tree = new LinkedHashMap<>();
    // The keys may be numbers: read them without assuming texts.
    if (message.values().get(field.name()) instanceof Map<?, ?> map) {
      map.forEach((key, value) -> tree.put(String.valueOf(key), encode.apply(value)));
    }
    return tree;
  }

  private static Object one(Field field, ModelMessage message, Function<Object, Object> encode) {
    Object value = message.values().get(field.name());
    if (value != null) {
      return encode.apply(value);
    }
    return switch (field.type()) {
      case DOUBLE -> 0.0;
      case INT32 -> 0;
      case INT64 -> "0";
      case BOOL -> false;
      case STRING -> "";
      case MESSAGE -> null;
    };
  }

  private static Object encode(MessageSchema.Type type, Object value) {
    if (value instanceof ModelMessage message) {
      return tree(message);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(one -> encode(type, one)).toList();
    }
    return type == MessageSchema.Type.INT64 ? String.valueOf(value) : value;
  }

  /** {@code best_iteration} to {@code bestIteration}, as protobuf does it. */
  private static String camel(String name) {
    StringBuilder camel = new StringBuilder();
    boolean upper = false;
    for (char c : name.toCharArray()) {
      if (c == '_') {
        upper = true;
      } else {
        camel.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return camel.toString();
  }
}
