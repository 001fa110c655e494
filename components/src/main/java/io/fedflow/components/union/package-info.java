/**
 * Puts tables of one party together. Start at {@link io.fedflow.components.union.Union}. Nothing
 * crosses to another party.
 */
package io.fedflow.components.union;
