/**
 * A component that shows whether two parties can work together at all: each holds rows of ones, and
 * the guest learns their common sum. Start at {@link io.fedflow.components.toy.SecureAddExample}.
 * Rows are shared additively modulo 2<sup>64</sup>: a share alone is uniformly random.
 *
 * <p>What each party learns:
 *
 * <table>
 * <caption>Messages of the example</caption>
 * <tr><th>message</th><th>from, to</th><th>the receiver learns</th></tr>
 * <tr><td>{@code secure_add_guest_share}</td><td>guest, host</td>
 * <td>how many rows there are; with a {@code seed} in the conf, which every party sees, also the
 * rows</td></tr>
 * <tr><td>{@code secure_add_host_share}</td><td>host, guest</td>
 * <td>how many rows there are; with a {@code seed} in the conf also the rows</td></tr>
 * <tr><td>{@code secure_add_host_sum}</td><td>host, guest</td>
 * <td>the sum of all the host's rows, and nothing of a single one</td></tr>
 * </table>
 *
 * <p>Everything is immutable and thread-safe.
 */
package io.fedflow.components.toy;
