package io.fedflow.components.crypto;

import java.security.SecureRandom;

/** Makes random encryptions of zero, the factors that hide plaintexts. Thread-safe. */
interface Obfuscators {

  /**
   * Draws secrets on the calling thread.
   *
   * @param count factors wanted
   */
  Drawn draw(int count, SecureRandom random);

  /** Secrets of a number of factors; used once. */
  interface Drawn {

    /** Writes the factors {@code from} to {@code to - 1} to a kernel of n^2. */
    void write(int from, int to, long[] out, int outFrom);
  }
}
