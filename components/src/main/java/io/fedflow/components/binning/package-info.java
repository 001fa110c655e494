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
 * <td>whether the guest wants statistics, and how many classes its labels have; no label</td></tr>
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
 * ciphertext. With optimal binning these are the first bins, {@code init_bin_nums} of them: where
 * they hold a row each, the guest learns in which order labels follow each other along the
 * column</td></tr>
 * <tr><td>{@code binning_optimal}</td><td>host, guest</td>
 * <td>which of its columns the host wants merged by labels, and by which settings</td></tr>
 * <tr><td>{@code binning_merged}</td><td>guest, host</td>
 * <td>which neighbouring first bins are one bin. The host sees about where in its column the share
 * of events changes, not in which direction, and no count</td></tr>
 * </table>
 *
 * <p>{@link io.fedflow.components.binning.HomoFeatureBinning} cuts columns that all parties have,
 * over the rows of all of them:
 *
 * <table>
 * <caption>Messages of the binning of rows</caption>
 * <tr><th>message</th><th>from, to</th><th>the receiver learns</th></tr>
 * <tr><td>{@code homo_binning_more}</td><td>guest, all</td>
 * <td>how many columns are cut by ranks and by values, a digest of their names, for how many points
 * ranks are added, and how often</td></tr>
 * <tr><td>{@code homo_binning_bounds}</td><td>guest and hosts, arbiter</td>
 * <td>about between which bounds the sender's values of each column lie, to a 64th of their
 * distance</td></tr>
 * <tr><td>{@code homo_binning_common_bounds}</td><td>arbiter, guest and hosts</td>
 * <td>the same of all parties together</td></tr>
 * <tr><td>{@code homo_binning_categories}</td><td>guest and hosts, arbiter</td>
 * <td>which different values the sender's category columns have, and not how often</td></tr>
 * <tr><td>{@code homo_binning_common_categories}</td><td>arbiter, guest and hosts</td>
 * <td>the same of all parties together</td></tr>
 * <tr><td>secure sums</td><td>guest and hosts, arbiter</td>
 * <td>see {@link io.fedflow.components.aggregation}: how many values of each column all parties
 * have, and how many of them lie below each point that is asked about; of two parties each knows
 * the other's</td></tr>
 * </table>
 *
 * <p>In the binning of columns a host learns neither labels nor statistics. The slots that hold a
 * row's label are as wide as the number of rows needs, so their width does not tell the balance of
 * the labels.
 *
 * <p>Everything is immutable and thread-safe.
 */
package io.fedflow.components.binning;
