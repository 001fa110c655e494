/**
 * Compares the distribution of features in two tables of one party: the population stability index.
 * Start at {@link io.fedflow.components.stability.StabilityIndex}. Nothing crosses to another
 * party.
 */
package io.fedflow.components.stability;
