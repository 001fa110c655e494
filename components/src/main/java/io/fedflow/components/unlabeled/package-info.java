/**
 * Turns unlabeled rows that a model scored high into positive ones, at the guest. Start at {@link
 * io.fedflow.components.unlabeled.PositiveUnlabeled}. Nothing crosses to another party.
 */
package io.fedflow.components.unlabeled;
