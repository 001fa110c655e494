package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The additively homomorphic schemes: sums of plaintexts are products of ciphertexts. Whoever has
 * chosen one computes with {@link AdditiveCipher} and {@link AdditiveOwner} alone.
 */
public enum AdditiveScheme {
  /** Paillier, EUROCRYPT 1999: plaintexts of nearly the modulus's bits, ciphertexts of twice. */
  PAILLIER("Paillier", (byte) 1, null) {
    @Override
    public AdditiveKeyPair generate(int bits, SecureRandom random) {
      return PaillierKeyPair.generate(bits, random);
    }

    @Override
    AdditivePublicKey read(byte[] message) {
      return PaillierPublicKey.decode(message);
    }
  },

  /**
   * Okamoto and Uchiyama, EUROCRYPT 1998: plaintexts of a third of the modulus's bits, ciphertexts
   * of as many bits as the modulus. Several times as fast as Paillier under a modulus of the same
   * length.
   */
  OKAMOTO_UCHIYAMA(
      "Okamoto-Uchiyama",
      (byte) 2,
      "Okamoto-Uchiyama protects only among parties that follow the protocol: who learns the"
          + " decryption of a plaintext that was made too large on purpose learns the key") {
    @Override
    public AdditiveKeyPair generate(int bits, SecureRandom random) {
      return OkamotoUchiyamaKeyPair.generate(bits, random);
    }

    @Override
    AdditivePublicKey read(byte[] message) {
      return OkamotoUchiyamaPublicKey.decode(message);
    }
  };

  private final String title;
  private final byte mark;
  private final String caution;

  AdditiveScheme(String title, byte mark, String caution) {
    this.title = title;
    this.mark = mark;
    this.caution = caution;
  }

  /** The name of the scheme in texts. */
  public String title() {
    return title;
  }

  /** The first byte of a public key's message form. */
  byte mark() {
    return mark;
  }

  /** One sentence on what the scheme does not protect against, for the job's log. */
  public Optional<String> caution() {
    return Optional.ofNullable(caution);
  }

  /**
   * Generates a key pair. Takes some tenths of a second with 2048 bits.
   *
   * @param bits of the modulus: even, {@link AdditivePublicKey#MINIMUM_BITS} or more
   * @param random source of the secrets
   * @throws CryptoException with reason KEY_TOO_SMALL if there are fewer bits
   * @throws IllegalArgumentException if {@code bits} is odd
   */
  public abstract AdditiveKeyPair generate(int bits, SecureRandom random);

  /**
   * Reads what {@link AdditivePublicKey#encode()} of a key of this scheme wrote.
   *
   * @throws CryptoException with reason WRONG_KEY if it is a key of another scheme, MALFORMED or
   *     KEY_TOO_SMALL if it is none that may be used
   */
  public AdditivePublicKey decodeKey(byte[] message) {
    for (AdditiveScheme other : values()) {
      if (other != this && message.length > 0 && message[0] == other.mark) {
        throw new CryptoException(
            Reason.WRONG_KEY, "a key of " + other.title + ", expected one of " + title);
      }
    }
    return read(message);
  }

  abstract AdditivePublicKey read(byte[] message);
}
