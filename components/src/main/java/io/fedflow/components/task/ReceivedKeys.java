package io.fedflow.components.task;

import io.fedflow.components.crypto.AdditivePublicKey;
import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.PaillierPublicKey;
import io.fedflow.components.crypto.RsaPublicKey;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Reads public keys of other parties and refuses short ones: a party whose conf asks for 2048 bits
 * computes under no shorter key, whatever the maker's conf says. Stateless; thread-safe.
 */
public final class ReceivedKeys {

  private ReceivedKeys() {}

  /**
   * Reads a key to compute under.
   *
   * @param payload as it was received
   * @param decoder reads the key, such as {@link PaillierPublicKey#decode}
   * @param leastBits how long the modulus has to be, in bits
   * @param parameter the conf's name of that length, for messages
   * @throws FedflowException of kind PEER and with the sender in front: {@code
   *     crypto.key-too-small} if the key is shorter, {@code crypto.malformed} or {@code
   *     federation.payload} if it is no key
   */
  public static <K extends AdditivePublicKey> K additive(
      Payload payload, Function<byte[], K> decoder, int leastBits, String parameter) {
    return read(payload, decoder, AdditivePublicKey::bits, leastBits, parameter);
  }

  /**
   * Reads an RSA key.
   *
   * @param payload as it was received
   * @param leastBits how long the modulus has to be, in bits
   * @param parameter the conf's name of that length, for messages
   * @throws FedflowException as {@link #additive}
   */
  public static RsaPublicKey rsa(Payload payload, int leastBits, String parameter) {
    return read(payload, RsaPublicKey::decode, RsaPublicKey::bits, leastBits, parameter);
  }

  private static <K> K read(
      Payload payload,
      Function<byte[], K> decoder,
      ToIntFunction<K> bits,
      int leastBits,
      String parameter) {
    return payload.read(
        Payload.Format.BYTES,
        bytes -> {
          K key = decoded(bytes, decoder, leastBits, parameter);
          if (bits.applyAsInt(key) < leastBits) {
            throw tooShort(
                "a public key of " + bits.applyAsInt(key) + " bits", leastBits, parameter);
          }
          return key;
        });
  }

  private static <K> K decoded(
      byte[] bytes, Function<byte[], K> decoder, int leastBits, String parameter) {
    try {
      return decoder.apply(bytes);
    } catch (CryptoException refused) {
      if (refused.reason() == CryptoException.Reason.KEY_TOO_SMALL) {
        // Of a key of one's own it would be a matter of the conf; this one came from a peer.
        throw tooShort(refused.getMessage(), leastBits, parameter);
      }
      throw refused;
    }
  }

  private static FedflowException tooShort(String found, int leastBits, String parameter) {
    return FedflowException.peer(
        "crypto.key-too-small",
        parameter + ": found " + found + ", allowed are keys of at least " + leastBits + " bits");
  }
}
