package io.fedflow.components.crypto.oblivious;

import io.fedflow.components.crypto.curve25519.EdwardsPoint;
import io.fedflow.components.crypto.curve25519.EdwardsScalar;
import java.security.SecureRandom;
import java.util.Objects;

/**
 * The end of a transfer that gets the one key that it chose. For one transfer. Immutable and
 * thread-safe.
 */
public final class TransferReceiver {

  private final byte[] choice;
  private final byte[] key;

  private TransferReceiver(byte[] choice, byte[] key) {
    this.choice = choice;
    this.key = key;
  }

  /**
   * Chooses a key.
   *
   * @param announcement what the sender sent
   * @param index which key, from 0
   * @param count how many keys there are
   * @param random hides the choice
   * @throws io.fedflow.components.crypto.CryptoException with reason MALFORMED or INVALID_POINT if
   *     the announcement is no point, or one of low order
   * @throws IndexOutOfBoundsException if there is no such key
   */
  public static TransferReceiver choose(
      byte[] announcement, int index, int count, SecureRandom random) {
    Objects.checkIndex(index, count);
    EdwardsPoint announced = EdwardsPoint.decode(announcement);
    EdwardsScalar secret = EdwardsScalar.generate(random);
    byte[] choice =
        TransferKeys.hashed(announcement)
            .times(EdwardsScalar.of(index))
            .plus(EdwardsPoint.generator().times(secret))
            .encode();
    byte[] key = TransferKeys.of(announcement, choice, index, announced.times(secret));
    return new TransferReceiver(choice, key);
  }

  /** What the sender makes the keys of: {@value EdwardsPoint#BYTES} bytes. */
  public byte[] choice() {
    return choice.clone();
  }

  /** The chosen key, of 32 bytes. */
  public byte[] key() {
    return key.clone();
  }

  /** Tells nothing of the choice. */
  @Override
  public String toString() {
    return "receiver of an oblivious transfer";
  }
}
