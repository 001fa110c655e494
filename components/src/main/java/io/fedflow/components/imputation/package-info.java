/**
 * Replaces missing values of features at one party. Start at {@link
 * io.fedflow.components.imputation.FeatureImputation}. Nothing crosses to another party.
 */
package io.fedflow.components.imputation;
