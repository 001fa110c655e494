/**
 * Which columns of a table a component works on: the choice a conf makes, and the columns a model
 * was trained with. Names and positions only; nothing here computes on values. Everything is
 * stateless and thread-safe.
 */
package io.fedflow.components.columns;
