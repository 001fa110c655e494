package io.fedflow.components.crypto;

import java.security.SecureRandom;

/** Makes random encryptions of zero, the factors that hide plaintexts. Thread-safe. */
interface Obfuscators {

  /**
   * Draws secrets on the calling thread.
   *
   * @param count factors wanted
   * @return the factors in the form of a kernel of ciphertexts; to be used once
   */
  ResidueWriter draw(int count, SecureRandom random);
}
