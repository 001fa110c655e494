/**
 * Commutative masks of hashes modulo safe primes (Pohlig and Hellman): the older way to intersect
 * sets, for jobs that ask for it. Start at {@link io.fedflow.components.crypto.dh.DhSecret}.
 */
package io.fedflow.components.crypto.dh;
