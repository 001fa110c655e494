/**
 * Sums over guest and hosts that an arbiter opens without seeing a single part, as messages of a
 * task; the masks are those of {@link io.fedflow.components.crypto.aggregation}. A component that
 * uses them adds {@link io.fedflow.components.aggregation.SumMessages#ALL} to its descriptor.
 */
package io.fedflow.components.aggregation;
