/**
 * Commutative masks of hashes modulo safe primes (Pohlig and Hellman): the older way to intersect
 * sets, for jobs that ask for it. Start at {@link io.fedflow.components.crypto.dh.DhSecret}.
 *
 * <p>Secrets are exponents of 256 to 512 bits, not as long as the prime. Besides Diffie and
 * Hellman's decision problem this assumes that discrete logarithms known to be so short are hard to
 * find; {@link io.fedflow.components.crypto.dh.DhSecret} says why that suffices, {@link
 * io.fedflow.components.crypto.dh.DhGroup} how long they are and by which documents. Parties need
 * not agree on lengths. The setting is semi-honest; elements that a peer sends are checked to be of
 * an order that tells nothing of the exponent, which is odd, but its lowest bit.
 */
package io.fedflow.components.crypto.dh;
