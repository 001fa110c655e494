/**
 * Cuts rows into three tables: to train, to validate and to test with. Start at {@link
 * io.fedflow.components.split.HeteroDataSplit}, where the guest decides for hosts that hold other
 * columns of the same rows, and {@link io.fedflow.components.split.HomoDataSplit}, where each party
 * cuts rows of its own.
 *
 * <p>What each party learns: in a hetero split a host learns which of the common rows are in which
 * part, as positions in the order of ids. A stratified split depends on labels; a host that knows
 * the seed can test a guess of all labels against it, so the seed of such a split is better left to
 * the guest alone ({@code random_state} in the guest's own parameters).
 */
package io.fedflow.components.split;
