package io.fedflow.transport.http.upload;

import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.FormText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads upload settings from a query string. FATE's clients send one percent-encoded JSON text
 * without a key, only half encoded ({@code & = +} stay as they are), and encoded twice if a value
 * has a percent sign; old clients send {@code key=value}.
 */
final class UploadQuery {

  private final JsonCodec codec;

  UploadQuery(JsonCodec codec) {
    this.codec = codec;
  }

  /**
   * The settings.
   *
   * @param raw the query as it stands in the request line; may be null
   * @throws io.fedflow.failure.FedflowException {@code json.malformed}
   */
  Arguments read(String raw) {
    if (raw == null || raw.isEmpty()) {
      return Arguments.of(null);
    }
    String text = decode(raw);
    if (text.regionMatches(true, 0, "%7B", 0, 3)) {
      text = decode(text);
    }
    if (!text.startsWith("{")) {
      return new Arguments(FormText.parse(raw));
    }
    // Some HTTP libraries take the text for a key and append an empty value.
    return Arguments.of(
        codec.read(text.endsWith("}=") ? text.substring(0, text.length() - 1) : text));
  }

  /** Percent escapes only: a plus sign is a plus sign here. Broken escapes stay as they are. */
  private static String decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
      if (low >= 0) {
        decoded.write(high * 16 + low);
        i += 2;
      } else {
        decoded.write(bytes[i]);
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }
}
