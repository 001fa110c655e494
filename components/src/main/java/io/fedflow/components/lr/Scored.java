package io.fedflow.components.lr;

import io.fedflow.table.Table;

/**
 * Rows and their whole linear scores. Immutable by convention.
 *
 * @param rows in the order agreed on
 * @param scores one per row, offsets included
 * @param type {@code train}, {@code validate} or {@code predict}
 */
record Scored(Table rows, double[] scores, String type) {}
