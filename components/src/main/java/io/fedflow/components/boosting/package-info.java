/**
 * Gradient boosted trees over columns of a guest and hosts. Start at {@link
 * io.fedflow.components.boosting.HeteroSecureBoost}.
 *
 * <p>The private key is made at the guest for one training and never leaves it. Derivatives of the
 * loss are whole numbers at a scale that the guest keeps to itself; sums are exact, so a tree does
 * not depend on which host has which column.
 *
 * <p>What each party learns:
 *
 * <table>
 * <caption>Messages of the training and of prediction</caption>
 * <tr><th>message</th><th>from, to</th><th>the receiver learns</th></tr>
 * <tr><td>{@code sbt_folds}</td><td>guest, host</td>
 * <td>in a cross-validation, which rows are in which fold, by position</td></tr>
 * <tr><td>{@code sbt_plan}</td><td>guest, host</td>
 * <td>what is to be done, row count, trees of a round (so, the number of classes above two), when
 * validation is due</td></tr>
 * <tr><td>row agreement</td><td>guest, host</td>
 * <td>see {@link io.fedflow.components.alignment}</td></tr>
 * <tr><td>{@code sbt_key}</td><td>guest, host</td><td>the public key</td></tr>
 * <tr><td>{@code sbt_tree}, {@code sbt_rows}</td><td>guest, host</td>
 * <td>whether its columns may split the next tree; with {@code run_goss}, positions of the rows
 * that it is grown on, which depend on labels</td></tr>
 * <tr><td>{@code sbt_gradients}</td><td>guest, host</td>
 * <td>nothing: derivatives, encrypted for the guest with fresh randomness</td></tr>
 * <tr><td>{@code sbt_counts}</td><td>host, guest</td>
 * <td>how many rows of a node each candidate of the host would send left, in an order that the
 * guest does not know and that is another one for every node</td></tr>
 * <tr><td>{@code sbt_sums}</td><td>host, guest</td>
 * <td>sums of derivatives of these rows; with {@code cipher_compress}, several of them share a
 * ciphertext</td></tr>
 * <tr><td>{@code sbt_choice}</td><td>guest, host</td>
 * <td>which of its own candidates split which nodes; depends on labels. Not what that gains, nor
 * what other parties had to offer</td></tr>
 * <tr><td>{@code sbt_directions}</td><td>host, guest</td>
 * <td>which rows go left at nodes that the host splits; no column, no threshold</td></tr>
 * <tr><td>{@code sbt_level}</td><td>guest, host</td>
 * <td>which nodes are split, and which rows are in which of their children; depends on labels. Not
 * for the children of the last level, which are leaves</td></tr>
 * <tr><td>{@code sbt_skeleton}</td><td>guest, host</td>
 * <td>which party splits each node of a finished tree; no weight</td></tr>
 * <tr><td>{@code sbt_stop}</td><td>guest, host</td><td>whether training is over</td></tr>
 * <tr><td>{@code sbt_at_nodes}</td><td>guest, host</td>
 * <td>positions of predicted rows that come to its nodes</td></tr>
 * <tr><td>{@code sbt_next_nodes}</td><td>host, guest</td><td>where these rows go</td></tr>
 * <tr><td>{@code sbt_validation_status}</td><td>guest, host</td>
 * <td>with early stopping: for how many validations each metric gained nothing</td></tr>
 * <tr><td>{@code sbt_gains}</td><td>guest, host</td>
 * <td>nothing: what each of its splits gained, encrypted for the guest</td></tr>
 * <tr><td>{@code sbt_columns}, {@code sbt_splits}, {@code sbt_column_gains}</td>
 * <td>host, guest</td>
 * <td>anonymous names of its columns that split nodes, how many each splits, and what that gained
 * in all</td></tr>
 * </table>
 *
 * <p>The guest sees sums of derivatives over rows that a host's candidates would send left, as FATE
 * 1.11 has it: of a node of few rows these tell how the host's columns order them.
 *
 * <p>Strategies mix and layered only say whose columns may split which level ({@link
 * io.fedflow.components.boosting.TreeTurn}). A host that has no turn in a tree is told its form at
 * the end, and nothing else; the guest sees of a tree of a host what it sees of the host's nodes in
 * any tree.
 *
 * <p>Among equal gains the guest's own column wins; then, among candidates of hosts, the one that
 * sends fewer rows left, then smaller sums, then the first host. A host replaces the chosen
 * candidate by its first one that divides the rows of the node alike. So trees do not depend on the
 * order in which candidates are named; only candidates of exactly equal sums that divide the rows
 * differently are told apart by it, and that order follows from the host's values.
 */
package io.fedflow.components.boosting;
