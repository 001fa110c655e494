package io.fedflow.transport.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one document into a tree. The parser bounds the depth of the recursion. */
final class TreeReader {

  private final JsonParser parser;

  TreeReader(JsonParser parser) {
    this.parser = parser;
  }

  Object readDocument() throws IOException {
    if (parser.nextToken() == null) {
      throw Malformed.at(parser.currentLocation(), "found nothing, expected a value");
    }
    Object tree = value();
    if (parser.nextToken() != null) {
      throw Malformed.at(parser.currentTokenLocation(), "found more text after the document");
    }
    return tree;
  }

  private Object value() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw Malformed.at(parser.currentTokenLocation(), "unexpected token");
    };
  }

  private Map<String, Object> object() throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      object.put(key, value());
    }
    return object;
  }

  private List<Object> array() throws IOException {
    List<Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value());
    }
    return array;
  }
}
