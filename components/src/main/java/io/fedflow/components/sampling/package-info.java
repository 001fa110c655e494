/**
 * Draws rows: some of them, more than there are, or as many copies as they weigh. Start at {@link
 * io.fedflow.components.sampling.FederatedSample}.
 *
 * <p>What each party learns: in a hetero task a host learns which of the common rows were drawn and
 * how often, as positions in the order of ids. By weight, that is the guest's weight of every row,
 * rounded up. A stratified draw depends on labels; a host that knows the seed can test a guess of
 * all labels against it.
 */
package io.fedflow.components.sampling;
