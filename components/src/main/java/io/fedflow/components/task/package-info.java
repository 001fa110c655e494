/**
 * What components share about their task: which of fitting, applying and predicting the inputs ask
 * for. No algorithm lives here. Start at {@link io.fedflow.components.task.ActionPlan}; everything
 * is immutable.
 */
package io.fedflow.components.task;
