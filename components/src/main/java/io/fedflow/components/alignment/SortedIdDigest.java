package io.fedflow.components.alignment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 over a list of ids, each preceded by its length in bytes. */
final class SortedIdDigest {

  private static final String ALGORITHM = "HmacSHA256";

  private SortedIdDigest() {}

  /** The digest of ids in the given order; 32 bytes. */
  static byte[] of(String[] ids, byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      for (String id : ids) {
        byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
        // The length keeps ["ab","c"] and ["a","bc"] apart.
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
        mac.update(utf8);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, missing);
    }
  }
}
