package io.fedflow.components.task;

/**
 * Which part of a task a {@link PartContext} is. Immutable.
 *
 * @param name stands in messages and before names of validations, such as {@code fold_2}
 * @param mark ends the names of its metrics, such as {@code .2}
 * @param number which part, counted from 0
 * @param count how many parts the task has; for progress only
 */
public record Part(String name, String mark, int number, int count) {

  /** Fold {@code number} of a cross-validation. */
  public static Part fold(int number, int count) {
    return new Part("fold_" + number, "." + number, number, count);
  }

  /** The model of class {@code number}, in the order of classes. */
  public static Part model(int number, int count) {
    return new Part("model_" + number, "_" + number, number, count);
  }
}
