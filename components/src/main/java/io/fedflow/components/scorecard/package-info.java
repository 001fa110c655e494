/**
 * Turns predicted probabilities into credit scores. Start at {@link
 * io.fedflow.components.scorecard.Scorecard}. Nothing crosses to another party.
 */
package io.fedflow.components.scorecard;
