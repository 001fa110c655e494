package io.fedflow.components.crypto;

/**
 * A key pair of an additively homomorphic scheme. Holds secrets: never send, log or store it.
 * Immutable and thread-safe; {@code toString} names the public key only.
 */
public abstract sealed class AdditiveKeyPair permits PaillierKeyPair, OkamotoUchiyamaKeyPair {

  private final AdditivePublicKey publicKey;

  AdditiveKeyPair(AdditivePublicKey publicKey) {
    this.publicKey = publicKey;
  }

  /**
   * Refuses lengths that no key of a scheme may have.
   *
   * @throws CryptoException with reason KEY_TOO_SMALL if there are too few bits
   * @throws IllegalArgumentException if {@code bits} is odd
   */
  static void checkBits(AdditiveScheme scheme, int bits) {
    AdditivePublicKey.checkBits(scheme, bits);
    if (bits % 2 != 0) {
      throw new IllegalArgumentException(
          "a key of " + scheme.title() + " of " + bits + " bits; must be even");
    }
  }

  /** The half to give away. */
  public AdditivePublicKey publicKey() {
    return publicKey;
  }

  /** Encryption, arithmetic and decryption for who has the pair. */
  abstract AdditiveOwner owner(ModularKernelFactory kernels, ComputePool pool);

  @Override
  public final String toString() {
    return publicKey.scheme().title() + " key pair " + publicKey.id();
  }
}
