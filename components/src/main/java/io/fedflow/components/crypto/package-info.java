/**
 * Homomorphic encryption, encrypted linear algebra and blind signatures, over batches.
 *
 * <p>Start at {@link io.fedflow.components.crypto.CryptoSuite}. Ciphertexts live in immutable
 * batches of flat limb arrays; only key generation, encoding and decryption touch {@link
 * java.math.BigInteger}. Secrets are drawn from a {@link java.security.SecureRandom} that the
 * caller hands in, always on the calling thread, so that results never depend on the number of
 * threads. Protocols, messages and model formats do not live here.
 *
 * <p>The setting is semi-honest: peers follow the protocol but look at everything they receive.
 * Decoding refuses malformed and foreign ciphertexts. With {@link
 * io.fedflow.components.crypto.AdditiveScheme#OKAMOTO_UCHIYAMA} that is the only setting in which
 * the key stays secret: decryptions of what a peer made too large on purpose would tell it. Table
 * look-ups are indexed by secrets, so tenants that share the processor's caches with this process
 * are trusted.
 */
package io.fedflow.components.crypto;
