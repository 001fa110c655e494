/**
 * Linear models over columns of guest and hosts, with an arbiter that alone can decrypt: logistic,
 * linear and Poisson regression. Start at {@link io.fedflow.components.lr.HeteroLR}; what tells
 * them apart is in {@code Family}. {@code GuestTask} and {@code PeerTask} begin the trainings of a
 * task, {@code LrGuest}, {@code LrHost} and {@code LrArbiter} run one. Arithmetic that needs no
 * encryption is in {@link io.fedflow.components.linear}.
 *
 * <p>The private key is made inside {@code LrArbiter} and never leaves it: guest and hosts are
 * given a public key only, and no class of theirs can hold another.
 *
 * <p>What each party learns:
 *
 * <table>
 * <caption>Messages of the training and of prediction</caption>
 * <tr><th>message</th><th>from, to</th><th>the receiver learns</th></tr>
 * <tr><td>{@code lr_work}</td><td>guest, all</td>
 * <td>how many folds a cross-validation has, or how many classes are told apart; no label</td></tr>
 * <tr><td>{@code lr_folds}</td><td>guest, host</td>
 * <td>which rows are in which fold, by position; follows the conf's seed</td></tr>
 * <tr><td>{@code lr_columns}</td><td>guest or host, all others</td>
 * <td>stepwise selection: anonymous names of the sender's columns</td></tr>
 * <tr><td>{@code lr_best}</td><td>arbiter, guest and host</td>
 * <td>stepwise selection: which choice of columns of a step is the best; depends on labels</td></tr>
 * <tr><td>{@code lr_plan}</td><td>guest, all</td>
 * <td>what is to be done, row count, batch sizes, when validation is due; no label</td></tr>
 * <tr><td>row agreement</td><td>guest, host</td>
 * <td>see {@link io.fedflow.components.alignment}</td></tr>
 * <tr><td>{@code lr_key}</td><td>arbiter, all</td><td>the public key</td></tr>
 * <tr><td>{@code lr_batch}</td><td>guest, host</td>
 * <td>positions of the batch's rows, hidden among others if {@code masked_rate} is above 0</td></tr>
 * <tr><td>{@code lr_host_signal}</td><td>host, guest</td>
 * <td>nothing: the host's scores, encrypted for the arbiter</td></tr>
 * <tr><td>{@code lr_guest_signal}</td><td>guest, host</td>
 * <td>nothing: residuals or the guest's half of them, encrypted for the arbiter with fresh
 * randomness; encrypted zeros for rows that only hide others</td></tr>
 * <tr><td>{@code lr_host_gradient}, {@code lr_guest_gradient}</td><td>host or guest, arbiter</td>
 * <td>the sender's gradient of a batch, and to which of four classes the sender's largest feature
 * belongs (2^5, 2^12, 2^20, 2^27)</td></tr>
 * <tr><td>{@code lr_host_loss}</td><td>host, guest</td>
 * <td>the class of the host's largest feature, as above; the host's part of the loss is encrypted
 * for the arbiter. Poisson regression: nothing, the host's scores and penalty, encrypted for the
 * arbiter</td></tr>
 * <tr><td>{@code lr_loss}</td><td>guest, arbiter</td><td>the loss of a batch</td></tr>
 * <tr><td>{@code lr_step}</td><td>arbiter, guest or host</td>
 * <td>how its own weights move; depends on labels</td></tr>
 * <tr><td>{@code lr_stop}</td><td>arbiter, all</td>
 * <td>whether training is over; depends on labels</td></tr>
 * <tr><td>{@code lr_host_scores}</td><td>host, guest</td>
 * <td>the host's part of the linear score of every predicted row, in the clear; depends on
 * labels</td></tr>
 * <tr><td>{@code lr_validation_scores}</td><td>host, guest</td>
 * <td>the same of every row of training and validation, after each iteration that the conf names
 * ({@code validation_freqs}); depends on labels</td></tr>
 * <tr><td>{@code lr_validation_status}</td><td>guest, all</td>
 * <td>with early stopping: for how many validations each metric gained nothing; depends on
 * labels</td></tr>
 * </table>
 *
 * <p>The arbiter sees no row: only gradients, which are sums over a batch, and losses. It could
 * follow the weights of all parties from a known start. The guest sees host scores at prediction,
 * as FATE 1.11 has it. Every validation while training shows it scores of other weights: as many of
 * them as a host has columns tell what these columns span. The host warns of that in its log, and
 * sends scores only when its own conf says so, whatever the guest's plan is.
 *
 * <p>Every fold of a cross-validation and every class of more than two is a training of its own,
 * with a key of its own ({@link io.fedflow.components.task.PartContext}): each tells what the table
 * says once more, and every one of them shows the guest another set of scores of the same rows. The
 * host's warning counts them all.
 *
 * <p>A stepwise search trains every candidate as a task in the task, too, but hosts tell no scores
 * of candidates: only of the one that is found. The arbiter decrypts gradients and losses of all.
 *
 * <p>The loss needs no squares of single rows: with residuals {@code d = z/4 - y/2} it is {@code ln
 * 2 + mean(d z)/2 - mean(y z)/4}, and {@code sum(d z)} is the product of weights and gradients that
 * exist anyway. Linear regression has {@code mean(d z)/2 - mean(y z)/2 + mean(y y)/2}. Poisson
 * regression has {@code mean(mu) - mean(y z)} and {@code sum(mu) = sum(d) + sum(y)}.
 */
package io.fedflow.components.lr;
