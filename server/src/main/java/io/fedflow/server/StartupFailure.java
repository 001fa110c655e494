package io.fedflow.server;

/** A server that did not start; the message names the step, the cause and the remedy. */
public final class StartupFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final String step;

  StartupFailure(String step, String why, Throwable cause) {
    super("start-up failed at \"" + step + "\": " + why, cause);
    this.step = step;
  }

  /** The step that failed. */
  public String step() {
    return step;
  }
}
