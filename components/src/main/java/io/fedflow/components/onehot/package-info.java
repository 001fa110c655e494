/**
 * Replaces a column by one column for each of its values, at one party. Start at {@link
 * io.fedflow.components.onehot.OneHotEncoder}. Nothing crosses to another party.
 */
package io.fedflow.components.onehot;
