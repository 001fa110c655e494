/**
 * Gives rows weights at one party. Start at {@link io.fedflow.components.weight.SampleWeight}.
 * Nothing crosses to another party.
 */
package io.fedflow.components.weight;
