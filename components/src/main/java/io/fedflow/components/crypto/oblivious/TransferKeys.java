package io.fedflow.components.crypto.oblivious;

import io.fedflow.components.crypto.curve25519.EdwardsHash;
import io.fedflow.components.crypto.curve25519.EdwardsPoint;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What both ends of a transfer compute. Stateless; thread-safe. */
final class TransferKeys {

  private static final String MAC = "HmacSHA256";
  private static final String DOMAIN = "fedflow oblivious transfer 1";

  private TransferKeys() {}

  /** The point T of an announcement. */
  static EdwardsPoint hashed(byte[] announcement) {
    return EdwardsHash.of(DOMAIN, announcement);
  }

  /**
   * A key of 32 bytes.
   *
   * @param announcement S
   * @param choice R
   * @param index which key
   * @param point that only those can compute who may have the key
   */
  static byte[] of(byte[] announcement, byte[] choice, int index, EdwardsPoint point) {
    byte[] transcript =
        ByteBuffer.allocate(announcement.length + choice.length)
            .put(announcement)
            .put(choice)
            .array();
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(transcript, MAC));
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, index));
      return mac.doFinal(point.encode());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + MAC, e);
    }
  }
}
