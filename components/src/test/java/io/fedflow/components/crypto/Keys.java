package io.fedflow.components.crypto;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Keys and randomness that tests share; the seeds make every run the same. */
final class Keys {

  static final PaillierKeyPair PAIR = PaillierKeyPair.generate(1024, seeded(1));
  static final PaillierKeyPair OTHER = PaillierKeyPair.generate(1024, seeded(2));
  static final RsaKeyPair RSA = RsaKeyPair.generate(1024, seeded(3));
  static final CryptoSuite SUITE = CryptoSuite.standard();

  private Keys() {}

  /** A generator that repeats itself; for tests only. */
  static SecureRandom seeded(long seed) {
    try {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(seed);
      return random;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static AdditiveOwner owner() {
    return SUITE.owner(PAIR, ComputePool.inline());
  }

  static AdditiveCipher cipher(ComputePool pool) {
    return SUITE.cipher(PAIR.publicKey(), pool);
  }
}
