package io.fedflow.components.intersection;

import io.fedflow.federation.Payload;
import java.util.Arrays;

/** Keys of ids that two parties masked, as they cross. */
final class MaskedKeys {

  private static final byte VERSION = 1;

  private MaskedKeys() {}

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
