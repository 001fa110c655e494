/**
 * Replaces a column by one column for each of its values: {@link
 * io.fedflow.components.onehot.OneHotEncoder} at one party, of which nothing crosses, and {@link
 * io.fedflow.components.onehot.HomoOneHotEncoder} for parties with the same columns, which agree on
 * the values through an arbiter.
 */
package io.fedflow.components.onehot;
