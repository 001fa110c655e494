package io.fedflow.components.crypto.curve25519;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Hashes public bytes to a point whose discrete logarithm nobody knows: the first of the numbered
 * digests that is a point, times 8. Running time depends on the bytes, which therefore must be no
 * secret. Stateless; thread-safe.
 */
public final class EdwardsHash {

  private EdwardsHash() {}

  /**
   * The point of some bytes, of prime order.
   *
   * @param domain what the point is for, so that hashes of other uses differ
   * @param bytes of any length
   */
  public static EdwardsPoint of(String domain, byte[] bytes) {
    MessageDigest sha512 = sha512();
    byte[] name = domain.getBytes(StandardCharsets.UTF_8);
    for (int counter = 0; ; counter++) {
      sha512.update(
          ByteBuffer.allocate(2 * Integer.BYTES).putInt(name.length).putInt(counter).flip());
      sha512.update(name);
      byte[] candidate = Arrays.copyOf(sha512.digest(bytes), EdwardsPoint.BYTES);
      Optional<EdwardsPoint> point =
          EdwardsPoint.read(candidate)
              .map(EdwardsPoint::timesEight)
              .filter(found -> !found.isZero());
      if (point.isPresent()) {
        return point.get();
      }
    }
  }

  private static MessageDigest sha512() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-512", e);
    }
  }
}
