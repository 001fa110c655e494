/**
 * Cross-validation of whatever component trains: rows are cut into folds, and for each fold a model
 * is trained on the rows of all others and measured on both. Start at {@link
 * io.fedflow.components.crossvalidation.CrossValidation}. Rules are those of FATE 1.11
 * (federatedml/model_selection/k_fold.py).
 *
 * <p>A fold is a {@link io.fedflow.components.task.PartContext}: the component runs in it as it
 * would in a task of its own, so a fold tells the other parties what a training with validation
 * data tells them, and its data rules hold. Beside that, where parties hold columns of the same
 * rows, the guest tells hosts which rows are in which fold, by position.
 */
package io.fedflow.components.crossvalidation;
