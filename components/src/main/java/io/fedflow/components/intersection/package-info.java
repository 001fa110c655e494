/**
 * Private set intersection: which ids occur at the guest and at every host. What crosses are masked
 * or blinded hashes, blind signatures and hashes of signatures, never an id or a plain hash of one.
 *
 * <p>With {@code ecdh} and {@code dh} every party masks its own ids by a secret of its own, and the
 * other side masks them again; masks commute, so an id that both have becomes the same. All ids are
 * sent in a random order. With {@code dh} secrets are short exponents ({@link
 * io.fedflow.components.crypto.dh}), which rests on one assumption more than long ones: that
 * logarithms known to be short are hard to find, too. With {@code cardinality_only} the host
 * answers in another random order, so that the guest counts what is common and cannot tell which
 * ids that are. Of several hosts each masks and shuffles the sets of all others, in an order by
 * which no host sees two sets under the same masks.
 *
 * <p>With {@code rsa} the method is blind signatures: an <em>asker</em> obtains signatures of its
 * ids from a <em>signer</em>, who does not see them, and compares them with the signer's own. In
 * unified calculation the guest asks every host. In split calculation it asks for ids whose hash is
 * odd, and signs for the others.
 *
 * <p>With {@code run_cache} hosts sign or mask all their ids and send them once; nothing is
 * compared. Each party keeps its half: the host its secret and its ids in the order of the list,
 * the guest the list and, where ids are masked, its secret. A later run on this cache exchanges the
 * guest's ids alone. The guest masks them by a fresh secret and exchanges it for the kept one when
 * they come back, so a host cannot tell which ids came before, too. What a cache costs: the host's
 * secret lives as long as the cache, so the guest can tell over all its runs which of its ids the
 * host has, and a host that loses the secret later lets whoever has the list try out ids.
 *
 * <p>What each party learns:
 *
 * <table>
 * <caption>Messages of the intersection</caption>
 * <tr><th>message</th><th>from, to</th><th>the receiver learns</th></tr>
 * <tr><td>{@code settings}</td><td>guest, host</td>
 * <td>names of the hashes, a hash of the salt, which variant runs, what it has to do with a
 * cache</td></tr>
 * <tr><td>{@code public_key}</td><td>signer, asker</td><td>the signer's public key</td></tr>
 * <tr><td>{@code id_count}</td><td>both ways</td><td>how many ids the sender brings</td></tr>
 * <tr><td>{@code signed_ids}</td><td>signer, asker</td>
 * <td>with the signatures: which of its own ids the signer has; nothing of other ids, as it cannot
 * sign guesses without the signer</td></tr>
 * <tr><td>{@code blinded_ids}</td><td>asker, signer</td><td>nothing: uniform numbers</td></tr>
 * <tr><td>{@code blind_signatures}</td><td>signer, asker</td>
 * <td>signatures of its own ids only</td></tr>
 * <tr><td>{@code masked_ids}</td><td>both ways</td>
 * <td>nothing: points or powers under a secret</td></tr>
 * <tr><td>{@code twice_masked_ids}</td><td>host, guest</td>
 * <td>which of its own ids the host has; with {@code cardinality_only} how many</td></tr>
 * <tr><td>{@code relayed_ids}</td><td>both ways</td>
 * <td>hosts: nothing but how many ids others bring; the guest: how many ids it and any of the hosts
 * have in common; only with {@code cardinality_only} and several hosts</td></tr>
 * <tr><td>{@code cache_id}</td><td>guest, host</td>
 * <td>which runs are on the same cache: a random name</td></tr>
 * <tr><td>{@code exchanged_ids}</td><td>host, guest</td>
 * <td>on a cache: which of its own ids the host has, and these ids under the host's secret, which
 * stays the same from run to run</td></tr>
 * <tr><td>{@code cardinality}</td><td>guest, host</td>
 * <td>how many of its ids the guest has; only if {@code sync_cardinality}</td></tr>
 * <tr><td>{@code even_matches}</td><td>host, guest</td>
 * <td>which of its own ids with an even hash the host has</td></tr>
 * <tr><td>{@code result}</td><td>guest, host</td>
 * <td>which of its own ids are in the intersection; only if {@code sync_intersect_ids}</td></tr>
 * <tr><td>{@code sample_counts}</td><td>generator of sample ids, others</td>
 * <td>with match ids: how many rows the generator has of each common one; with {@code
 * left_join} how many other rows</td></tr>
 * <tr><td>{@code sample_ids}</td><td>generator of sample ids, others</td>
 * <td>with match ids: the ids of the generator's common rows, with {@code left_join} of
 * all its rows, or fresh ones with {@code new_sample_id}; the match ids themselves never cross</td></tr>
 * </table>
 *
 * <p>Blinding factors are as long as the modulus, whatever {@code random_bit} says, and never
 * shared by ids, whatever {@code random_base_fraction} says: a short factor lets the signer test
 * guesses of an id, a shared one lets it compare ids. Semi-honest parties are assumed: a party may
 * still bring ids that it guessed.
 *
 * <p>What a party holds in memory, in bytes, beside the table that is its input and the one that is
 * its result. In files means beyond {@code spill_above} ids of guest and hosts; {@code w} is the
 * length of a masked id, 32 for {@code ecdh} and that of the prime for {@code dh}.
 *
 * <table>
 * <caption>Bytes an id</caption>
 * <tr><th>method and party</th><th>in memory</th><th>in files</th></tr>
 * <tr><td>ecdh, dh: guest</td><td>4 an own id, and for each host 20 an own id and at most 32 an id of
 * the host</td><td>4 an own id, and 4 more for each host</td></tr>
 * <tr><td>ecdh, dh: host</td><td>4 an own id</td><td>the same</td></tr>
 * <tr><td>counting with one host: guest</td><td>as above</td><td>as above</td></tr>
 * <tr><td>counting with one host: host</td><td>4 an own id, 20 an id of the guest</td><td>4 an own
 * id</td></tr>
 * <tr><td>counting with several hosts: guest</td><td>{@code w + 4} an id of any party, and to compare
 * as above</td><td>4 an own id, and 4 more for each host</td></tr>
 * <tr><td>counting with several hosts: host</td><td>4 an own id, {@code w + 4} an id that it passes
 * on</td><td>4 an own id</td></tr>
 * <tr><td>rsa: asker</td><td>4 an own id, and for each signer 20 an own id and at most 32 an id of the
 * signer</td><td>4 an own id, and 4 more for each signer</td></tr>
 * <tr><td>rsa: signer</td><td>8 an own id, and 36 while they are sorted</td><td>8 an own id</td></tr>
 * <tr><td>making a cache: guest</td><td>16 an id of a host for the cache, and 52 until it is
 * made</td><td>16 an id of a host for the cache</td></tr>
 * <tr><td>making a cache: host</td><td>as without, and 4 and its text an own id for the
 * cache</td><td>as without, and 4 and its text an own id for the cache</td></tr>
 * <tr><td>on a cache: guest</td><td>as without, and 16 an id of a host, the cache</td><td>as without,
 * and 16 an id of a host, the cache</td></tr>
 * <tr><td>on a cache: host</td><td>as without, and 4 and its text an own id, the cache; some 50 while
 * both are compared</td><td>the same</td></tr>
 * <tr><td>match ids, any method</td><td>8 a match id, 4 a row, some 50 a match id while they are
 * collected</td><td>the same</td></tr>
 * </table>
 *
 * <p>To that add one part of what is in files, at most as many keys as {@code spill_above} says
 * while there are no more than 256 parts; 8 KiB a part until it was written; a few messages of 4096
 * ids; and 16 bytes a common id while the result is told.
 *
 * <p>Start at {@link io.fedflow.components.intersection.Intersection}.
 */
package io.fedflow.components.intersection;
