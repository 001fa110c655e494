/**
 * Agreement of the parties on rows: after it, a row is named by its position alone.
 *
 * <p>What each party learns:
 *
 * <table>
 * <caption>Messages of the row agreement</caption>
 * <tr><th>message</th><th>from, to</th><th>the receiver learns</th></tr>
 * <tr><td>{@code row_agreement_key}</td><td>guest, host</td><td>nothing: a fresh random key</td></tr>
 * <tr><td>{@code row_agreement_count}</td><td>both ways</td><td>how many rows the sender has</td></tr>
 * <tr><td>{@code row_agreement_digest}</td><td>both ways</td>
 * <td>whether the sender's whole list of ids equals a list the receiver already knows; no id</td></tr>
 * </table>
 *
 * <p>Start at {@link io.fedflow.components.alignment.RowAgreement}. Stateless; thread-safe.
 */
package io.fedflow.components.alignment;
