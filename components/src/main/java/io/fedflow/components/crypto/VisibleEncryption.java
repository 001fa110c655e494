package io.fedflow.components.crypto;

/**
 * Encrypts without randomness: everybody who guesses a plaintext can test it. Thread-safe and
 * deterministic.
 */
@FunctionalInterface
interface VisibleEncryption {

  /**
   * Ciphertexts of plaintexts.
   *
   * @param plain within the message space
   */
  ResidueWriter of(PlaintextBatch plain);
}
