/**
 * What components share about their task: which of fitting, applying and predicting the inputs ask
 * for, and how a task runs inside another. No algorithm lives here. Start at {@link
 * io.fedflow.components.task.ActionPlan} and {@link io.fedflow.components.task.PartContext}.
 */
package io.fedflow.components.task;
