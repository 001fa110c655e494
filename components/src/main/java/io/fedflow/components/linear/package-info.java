/**
 * What linear models share: parameters, optimizers, regularisation, convergence, batches, initial
 * weights, checks of features, and the table of predictions. Plain arithmetic only: no encryption
 * and no messages live here. Optimizers and convergence rules carry state and belong to one
 * training; everything else is immutable.
 */
package io.fedflow.components.linear;
