/**
 * A model of one party alone, to compare federated ones with. Start at {@link
 * io.fedflow.components.baseline.LocalBaseline}. Nothing crosses to another party.
 */
package io.fedflow.components.baseline;
