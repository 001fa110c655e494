package io.fedflow.storage.sql;

import io.fedflow.spi.JsonCodec;
import java.util.List;
import java.util.Map;

/** Reads JSON columns back as trees of known outer form. */
final class Trees {

  private final JsonCodec json;

  Trees(JsonCodec json) {
    this.json = json;
  }

  String write(Object tree) {
    return json.write(tree);
  }

  Object read(String text) {
    return json.read(text);
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> map(String text) {
    return (Map<String, Object>) json.read(text);
  }

  @SuppressWarnings("unchecked")
  <T> List<T> list(String text) {
    return (List<T>) json.read(text);
  }
}
