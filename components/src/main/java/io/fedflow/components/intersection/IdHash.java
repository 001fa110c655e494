package io.fedflow.components.intersection;

import io.fedflow.components.crypto.TextHash;
import java.nio.charset.StandardCharsets;

/**
 * The first hash of a protocol, of id and salt. Immutable.
 *
 * @param name of the hash; {@code none} for the text itself
 * @param salt appended to every id
 */
record IdHash(String name, String salt) {

  private static final String NONE = "none";

  /** One digest per id. */
  byte[][] of(String[] ids) {
    TextHash hash = name.equals(NONE) ? null : TextHash.named(name);
    byte[][] out = new byte[ids.length][];
    for (int i = 0; i < ids.length; i++) {
      String text = ids[i] + salt;
      out[i] = hash == null ? text.getBytes(StandardCharsets.UTF_8) : hash.bytes(text);
    }
    return out;
  }
}
