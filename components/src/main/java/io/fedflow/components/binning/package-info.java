/**
 * Binning of features with labels that only the guest has: split points, weight of evidence and
 * information value, and the replacement of values by bins. Start at {@link
 * io.fedflow.components.binning.HeteroFeatureBinning}; other components read {@link
 * io.fedflow.components.binning.BinningModel}.
 *
 * <p>What each party learns:
 *
 * <table>
 * <caption>Messages of the binning</caption>
 * <tr><th>message</th><th>from, to</th><th>the receiver learns</th></tr>
 * <tr><td>{@code binning_plan}</td><td>guest, host</td>
 * <td>whether the guest wants statistics; no label</td></tr>
 * <tr><td>row agreement</td><td>both ways</td>
 * <td>see {@link io.fedflow.components.alignment}</td></tr>
 * <tr><td>{@code binning_columns}, {@code binning_counts}</td><td>host, guest</td>
 * <td>anonymous names of the host's binned columns, and how many bins each has</td></tr>
 * <tr><td>{@code binning_key}</td><td>guest, host</td><td>the guest's public key</td></tr>
 * <tr><td>{@code binning_labels}</td><td>guest, host</td>
 * <td>nothing: the labels, encrypted under the guest's key</td></tr>
 * <tr><td>{@code binning_histogram}</td><td>host, guest</td>
 * <td>how many rows of each label every bin of every host column has; not which rows, and not the
 * split points. The sums are re-randomised, since the guest knows the randomness of each row's
 * ciphertext</td></tr>
 * </table>
 *
 * <p>A host learns neither labels nor statistics. The slots that hold a row's label are as wide as
 * the number of rows needs, so their width does not tell the balance of the labels.
 *
 * <p>Everything is immutable and thread-safe.
 */
package io.fedflow.components.binning;
