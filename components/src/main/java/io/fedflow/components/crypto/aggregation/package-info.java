/**
 * Sums of vectors of several parties that nobody sees alone: every pair of parties agrees on a key
 * by X25519 (RFC 7748) and HKDF (RFC 5869), stretches it by AES-256 in counter mode, and one of
 * them adds what the other subtracts. Values are fixed-point numbers modulo 2^64, so that masks
 * cancel exactly; one more word, 0 at every party, shows that they did. This is the masking of
 * Bonawitz et al., "Practical Secure Aggregation for Privacy-Preserving Machine Learning" (CCS
 * 2017), without its recovery of parties that drop out: a sum of which a part is missing is
 * refused.
 *
 * <p>It protects against an aggregator that follows the protocol and against any parties but the
 * last two: who colludes with all other parties, and a party of only two that is told the sum,
 * learns what is left. Keys are believed as the parties' connections are.
 */
package io.fedflow.components.crypto.aggregation;
