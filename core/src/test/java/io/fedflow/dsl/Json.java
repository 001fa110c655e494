package io.fedflow.dsl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small strict JSON reader: core has none, and its tests speak of documents. */
public final class Json {

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /** Reads an object. Single quotes stand for double ones, which spares escapes in Java. */
  public static Map<String, Object> object(String text) {
    Json json = new Json(text.replace('\'', '"'));
    Map<String, Object> object = json.map();
    json.space();
    json.require(json.at == json.text.length(), "nothing behind the object");
    return object;
  }

  /** Reads an object from a resource of this package. */
  static Map<String, Object> resource(String name) {
    return resource(Json.class, name);
  }

  /** Reads an object from a resource of the package of a class. */
  public static Map<String, Object> resource(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return object(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Object value() {
    space();
    char c = peek();
    if (c == '{') {
      return map();
    }
    if (c == '[') {
      return list();
    }
    if (c == '"') {
      return string();
    }
    return literal();
  }

  private Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>();
    expect('{');
    if (!closes('}')) {
      do {
        space();
        String key = string();
        expect(':');
        require(!map.containsKey(key), "key once: " + key);
        map.put(key, value());
      } while (continues('}'));
    }
    return map;
  }

  private List<Object> list() {
    List<Object> list = new ArrayList<>();
    expect('[');
    if (!closes(']')) {
      do {
        list.add(value());
      } while (continues(']'));
    }
    return list;
  }

  private String string() {
    int end = text.indexOf('"', at + 1);
    require(peek() == '"' && end > 0, "a text");
    String string = text.substring(at + 1, end);
    require(string.indexOf('\\') < 0, "no escapes");
    at = end + 1;
    return string;
  }

  private Object literal() {
    int start = at;
    while (at < text.length() && ",]} \n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    switch (word) {
      case "true":
        return true;
      case "false":
        return false;
      case "null":
        return null;
      default:
        // Like JSON libraries: the smallest integer type that fits.
        if (word.matches("-?\\d{1,9}")) {
          return Integer.valueOf(word);
        }
        return word.matches("-?\\d+") ? (Object) Long.valueOf(word) : Double.valueOf(word);
    }
  }

  private boolean closes(char close) {
    space();
    if (peek() == close) {
      at++;
      return true;
    }
    return false;
  }

  private boolean continues(char close) {
    if (closes(close)) {
      return false;
    }
    expect(',');
    return true;
  }

  private void expect(char c) {
    space();
    require(peek() == c, "'" + c + "'");
    at++;
  }

  private void space() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private void require(boolean met, String expected) {
    if (!met) {
      throw new IllegalArgumentException("JSON at " + at + ": expected " + expected);
    }
  }
}
