package io.fedflow.transport.grpc;

import com.google.protobuf.ByteString;
import io.fedflow.spi.JsonCodec;
import java.util.LinkedHashMap;
import java.util.Map;

/** Documents on the wire: JSON objects in UTF-8. */
final class WireDocument {

  private WireDocument() {}

  static ByteString write(JsonCodec json, Map<String, Object> document) {
    return ByteString.copyFromUtf8(json.write(document));
  }

  /**
   * Reads a document.
   *
   * @param name what to call it in a refusal
   * @throws IllegalArgumentException if the bytes hold no JSON object
   */
  static Map<String, Object> read(JsonCodec json, String name, ByteString text) {
    if (!text.isValidUtf8() || !(json.read(text.toStringUtf8()) instanceof Map<?, ?> tree)) {
      throw new IllegalArgumentException(name + ": expected a JSON object in UTF-8");
    }
    Map<String, Object> document = new LinkedHashMap<>();
    tree.forEach((key, value) -> document.put((String) key, value));
    return document;
  }
}
