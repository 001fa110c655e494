/**
 * Measures of predictions against labels, at the party that holds both. No message crosses; a party
 * without predictions has nothing to do.
 *
 * <p>Curves and quirks follow FATE 1.11 (federatedml/evaluation), so that boards and quality gates
 * written for it see the same numbers: KS, for example, is taken at 100 points. Start at {@link
 * io.fedflow.components.evaluation.Evaluation}; the formulas are in {@code RankedScores} and its
 * neighbours; those of clusters in {@code ClusterAgreement} and {@code ClusterSeparation}.
 * Everything is stateless; thread-safe.
 */
package io.fedflow.components.evaluation;
