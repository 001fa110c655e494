/**
 * Which columns of a table a component works on: the choice a conf makes, the columns a model was
 * trained with, and the refusal of those that it cannot work on. Names and positions only; nothing
 * here computes on values. Everything is stateless and thread-safe.
 */
package io.fedflow.components.columns;
