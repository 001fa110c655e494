/**
 * Scales features at one party: to mean 0 and deviation 1, or to the range 0 to 1. Start at {@link
 * io.fedflow.components.scale.FeatureScale}. Nothing crosses to another party.
 */
package io.fedflow.components.scale;
