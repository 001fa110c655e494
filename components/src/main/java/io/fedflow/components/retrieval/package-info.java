/**
 * Secure information retrieval: a guest gets values that a host has for the guest's ids, and the
 * host does not learn which of several blocks of its rows were asked for. Source: FATE 1.11,
 * federatedml/secure_information_retrieval.
 *
 * <ol>
 *   <li>Ids are matched by masks modulo a prime ({@link
 *       io.fedflow.components.intersection.PrivateMatch}); the guest alone learns which of its ids
 *       the host has, as positions in an order that the host drew.
 *   <li>The host makes a key for each of N blocks, and the guest gets the key of one block that it
 *       chose, by oblivious transfer ({@link io.fedflow.components.crypto.oblivious}).
 *   <li>The guest names N blocks of positions: in the chosen one those that matched, in every other
 *       as many that it drew. The host seals each block's values under the block's key.
 * </ol>
 *
 * <p>What each party learns. The guest: which of its ids the host has, the wanted values of those
 * rows, how many ids the host has, and the length of the longest value of each wanted column. The
 * host: how many ids the guest has, how many are common, and N sets of its own rows of which
 * <strong>one is the set of all common rows</strong>. It does not learn which. Whoever knows
 * something of the guest's ids can tell that set from random ones, however: with few common rows
 * out of a special part of the host's, N blocks hide little. Running twice with the same ids shows
 * the set that both runs have. With {@code security_level} 0, or {@code raw_retrieval}, there is
 * one block: the host learns which of its rows the guest asked for. Even then no other id of the
 * guest is shown, and values stay sealed.
 *
 * <p>Masks are powers to short secret exponents modulo a safe prime; {@link
 * io.fedflow.components.crypto.dh} says what that assumes. Semi-honest parties are assumed. A guest
 * cannot open a second block whatever it does; a host that damages some of the blocks learns by the
 * job's end whether the chosen one was among them.
 *
 * <p>Start at {@link io.fedflow.components.retrieval.SecureInformationRetrieval}.
 */
package io.fedflow.components.retrieval;
