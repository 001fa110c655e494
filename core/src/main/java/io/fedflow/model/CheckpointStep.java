package io.fedflow.model;

import io.fedflow.failure.FedflowException;

/**
 * Which of a component's kept models is meant. Immutable.
 *
 * @param index the number of its step; -1 if it is named
 * @param name the name of its step; empty if the number tells it
 */
public record CheckpointStep(int index, String name) {

  /** How long the name of a step may be, in characters. */
  public static final int MOST_NAME = 100;

  /**
   * Checks both.
   *
   * @throws FedflowException {@code checkpoint.step} (INVALID) naming what is wrong
   */
  public CheckpointStep {
    if (index < -1) {
      throw wrong("step_index: found " + index + ", allowed 0 or more");
    }
    if (index == -1 && name.isEmpty()) {
      throw wrong("step_index, step_name: found neither, allowed one of them");
    }
    if (name.length() > MOST_NAME || name.chars().anyMatch(c -> c < ' ')) {
      throw wrong(
          "step_name: found "
              + name.length()
              + " characters, allowed up to "
              + MOST_NAME
              + " without control characters");
    }
  }

  /** The step of a number. */
  public static CheckpointStep at(int index) {
    return new CheckpointStep(index, "");
  }

  /**
   * A step with a number and a name.
   *
   * @throws FedflowException {@code checkpoint.step} (INVALID) if it lacks one of them
   */
  static CheckpointStep of(int index, String name) {
    if (index < 0 || name.isEmpty()) {
      throw wrong(
          "step: found number "
              + index
              + " and a name of "
              + name.length()
              + " characters, allowed"
              + " 0 or more and 1.."
              + MOST_NAME);
    }
    return new CheckpointStep(index, name);
  }

  /** The step of a name; of several the latest. */
  public static CheckpointStep named(String name) {
    return new CheckpointStep(-1, name);
  }

  /** Whether a kept model is the one that is meant; the number stands above the name. */
  boolean means(ModelCheckpoint kept) {
    return index >= 0 ? kept.stepIndex() == index : kept.stepName().equals(name);
  }

  private static FedflowException wrong(String why) {
    return FedflowException.invalid("checkpoint.step", why);
  }

  @Override
  public String toString() {
    return index >= 0 ? "step " + index : "step '" + name + '\'';
  }
}
