package io.fedflow.components.crypto.oblivious;

import io.fedflow.components.crypto.curve25519.EdwardsPoint;
import io.fedflow.components.crypto.curve25519.EdwardsScalar;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** The end of a transfer that has all keys. For one transfer. Immutable and thread-safe. */
public final class TransferSender {

  private final EdwardsScalar secret;
  private final byte[] announcement;

  private TransferSender(EdwardsScalar secret) {
    this.secret = secret;
    this.announcement = EdwardsPoint.generator().times(secret).encode();
  }

  /**
   * A sender with a fresh secret.
   *
   * @param random its source
   */
  public static TransferSender start(SecureRandom random) {
    return new TransferSender(EdwardsScalar.generate(random));
  }

  /** What the receiver needs first: {@value EdwardsPoint#BYTES} bytes. */
  public byte[] announcement() {
    return announcement.clone();
  }

  /**
   * All keys, in order.
   *
   * @param choice what the receiver answered
   * @param count how many keys, at least 1
   * @return of 32 bytes each
   * @throws io.fedflow.components.crypto.CryptoException with reason MALFORMED or INVALID_POINT if
   *     the answer is no point, or one of low order
   */
  public List<byte[]> keys(byte[] choice, int count) {
    EdwardsPoint point = EdwardsPoint.decode(choice).times(secret);
    EdwardsPoint step = TransferKeys.hashed(announcement).times(secret);
    List<byte[]> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(TransferKeys.of(announcement, choice, i, point));
      point = point.minus(step);
    }
    return keys;
  }

  /** Tells nothing of the secret. */
  @Override
  public String toString() {
    return "sender of an oblivious transfer";
  }
}
