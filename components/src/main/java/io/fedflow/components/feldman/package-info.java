/**
 * Adds columns of all parties row by row, by verifiable secret sharing: Feldman 1987, with the
 * commitments of Pedersen 1991. Start at {@link
 * io.fedflow.components.feldman.FeldmanVerifiableSum}.
 *
 * <p>Feldman's own commitments, powers of the shared value alone, would let anybody try out the few
 * values that a column may hold; Pedersen's hide it whatever it is.
 *
 * <p>What each party learns: hosts learn how many rows and columns are added. The guest learns the
 * sum of all parties' values for every row and column, which is what it asks for. <strong>With one
 * host that is the host's every value</strong>, since the guest knows its own; with more hosts it
 * is the sum of theirs.
 */
package io.fedflow.components.feldman;
