/**
 * Selection of features by a chain of filters. Start at {@link
 * io.fedflow.components.selection.HeteroFeatureSelection}. Values that filters judge by are either
 * computed here from the party's own columns or read from models of other components; no statistics
 * across parties are computed here. By statistics, stability, variance inflation and splits of
 * trees each party judges its own columns alone, and tells nobody what it left.
 *
 * <p>What each party learns:
 *
 * <table>
 * <caption>Messages of the selection</caption>
 * <tr><th>message</th><th>from, to</th><th>the receiver learns</th></tr>
 * <tr><td>{@code selection_filters}</td><td>guest, host</td>
 * <td>which filters the guest decides, by position and name</td></tr>
 * <tr><td>{@code selection_columns}</td><td>host, guest</td>
 * <td>anonymous names of the host's columns that earlier filters left</td></tr>
 * <tr><td>{@code selection_kept}</td><td>guest, host</td>
 * <td>which of its columns stay, that is which have a high enough information value, or go along
 * with no column of more; this depends on labels</td></tr>
 * </table>
 *
 * <p>Everything is immutable and thread-safe.
 */
package io.fedflow.components.selection;
