/**
 * Correlations of features, within a party and between guest and first host. Start at {@link
 * io.fedflow.components.pearson.HeteroPearson}.
 *
 * <p>The guest encrypts its standardised columns under a key of its own, a row of as many columns
 * in one ciphertext as the key holds ({@link io.fedflow.components.crypto.PackedProducts}); the
 * host multiplies the rows with its own columns without seeing them and sends the products,
 * re-randomised, back. Both learn the correlations, which is what they ask for, and nothing else of
 * each other's rows.
 *
 * <p>The protocol is for parties that follow it. A guest that encrypts something else than its
 * columns learns, for each host column and each part of its own columns that a ciphertext carries,
 * one sum of the host's rows under weights of its choice, as long as the key; with a ciphertext for
 * each column it would be one for each column. A host that multiplies with something else than its
 * columns learns as many sums of the guest's rows, under weights of its choice, as there are
 * correlations, as it would without packing: a guest tells what its slots hold, which are no larger
 * than correlations, and refuses everything else.
 */
package io.fedflow.components.pearson;
