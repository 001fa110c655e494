package io.fedflow.components.task;

/**
 * Which part of a task a {@link PartContext} is. Immutable.
 *
 * @param name stands in messages and before names of validations, such as {@code fold_2}
 * @param mark ends the names of its metrics, such as {@code .2}
 * @param number which part, counted from 0
 * @param count how many parts the task has; for progress only
 * @param reports whether its metrics and progress are anybody's concern
 */
public record Part(String name, String mark, int number, int count, boolean reports) {

  /** Fold {@code number} of a cross-validation. */
  public static Part fold(int number, int count) {
    return new Part("fold_" + number, "." + number, number, count, true);
  }

  /** The model of class {@code number}, in the order of classes. */
  public static Part model(int number, int count) {
    return new Part("model_" + number, "_" + number, number, count, true);
  }

  /** One of the models that a step of a search compares; reports nothing. */
  public static Part candidate(int step, int number) {
    String name = "step_" + step + "_" + number;
    return new Part(name, "." + name, 0, 1, false);
  }

  /** What follows a search; reports nothing. */
  public static Part selected() {
    return new Part("selected", ".selected", 0, 1, false);
  }
}
