/**
 * The tables of predictions that models hand on, whatever kind of model it was. Start at {@link
 * io.fedflow.components.predictions.PredictionTables}. Everything is stateless.
 */
package io.fedflow.components.predictions;
