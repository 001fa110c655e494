/** An immutable graph: order, levels, ready frontier, descendants, and cycles by name. */
package io.fedflow.dag;
