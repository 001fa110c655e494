/**
 * Appends columns of a constant to raw rows of one party. Start at {@link
 * io.fedflow.components.expand.ColumnExpand}. Nothing crosses to another party.
 */
package io.fedflow.components.expand;
