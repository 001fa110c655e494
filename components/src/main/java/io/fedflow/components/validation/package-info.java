/**
 * Validation while a model trains: when it is due, what is measured, and when it ends the training
 * early. A component says which message carries scores and counters; nothing here sends. Start at
 * {@link io.fedflow.components.validation.ValidationSettings}. Rules are those of FATE 1.11
 * (federatedml/callbacks).
 *
 * <p>The guest measures. For early stopping it counts, per metric of one number, the validations
 * since the last gain, and tells the counters, not the values, to the other parties. Every party
 * follows them with a {@link io.fedflow.components.validation.BestSoFar} of its own, so all end
 * after the same iteration and go back to the same one.
 */
package io.fedflow.components.validation;
