/**
 * Correlations of features, within a party and between guest and first host. Start at {@link
 * io.fedflow.components.pearson.HeteroPearson}.
 *
 * <p>The guest encrypts its standardised columns under a key of its own; the host multiplies them
 * with its own columns without seeing them and sends the products, re-randomised, back. Both learn
 * the correlations, which is what they ask for, and nothing else of each other's rows. A guest that
 * encrypts something else than its columns learns as many sums of the host's rows as it has
 * columns; the protocol is for parties that follow it.
 */
package io.fedflow.components.pearson;
