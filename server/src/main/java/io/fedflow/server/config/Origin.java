package io.fedflow.server.config;

/** Who gave an option its value. */
public enum Origin {
  /** The command line. */
  COMMAND_LINE("command line"),
  /** A variable of the environment. */
  ENVIRONMENT("environment"),
  /** The file. */
  FILE("file"),
  /** Nobody. */
  DEFAULT("default");

  private final String words;

  Origin(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
