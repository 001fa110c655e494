package io.fedflow.components.intersection;

import io.fedflow.federation.Payload;
import java.util.Arrays;

/** Keys of ids that two parties masked, as they cross and wait. Used by one thread. */
final class MaskedKeys {

  private static final byte VERSION = 1;

  private final byte[] bytes;
  private int used;

  /** Room for {@code count} keys. */
  MaskedKeys(int count) {
    bytes = new byte[Math.multiplyExact(count, KeyIndex.WIDTH)];
  }

  void add(byte[] keys) {
    System.arraycopy(keys, 0, bytes, used, keys.length);
    used += keys.length;
  }

  /** All keys; the one at {@code order[i]} comes as the i-th. */
  byte[] inOrder(int[] order) {
    byte[] out = new byte[bytes.length];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(bytes, order[i] * KeyIndex.WIDTH, out, i * KeyIndex.WIDTH, KeyIndex.WIDTH);
    }
    return out;
  }

  /** A version byte, then the keys. */
  static Payload encode(byte[] keys) {
    byte[] message = new byte[1 + keys.length];
    message[0] = VERSION;
    System.arraycopy(keys, 0, message, 1, keys.length);
    return Payload.ofBytes(message);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param expected how many keys
   * @throws io.fedflow.failure.FedflowException {@code intersection.message} (PEER) if it holds
   *     another number of them, or has another form
   */
  static byte[] decode(Channel channel, Payload payload, int expected) {
    byte[] message = payload.as(Payload.Format.BYTES);
    if (message.length == 0 || message[0] != VERSION) {
      throw channel.malformed("a batch of twice masked ids of another version");
    }
    if (message.length != 1 + expected * KeyIndex.WIDTH) {
      throw channel.malformed(
          message.length - 1 + " bytes for " + expected + " twice masked ids of " + KeyIndex.WIDTH);
    }
    return Arrays.copyOfRange(message, 1, message.length);
  }
}
