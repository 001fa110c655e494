package io.fedflow.transport.http.wire;

/** Hears which arguments a route asks for: the description of the routes is made from it. */
@FunctionalInterface
public interface ArgumentListener {

  /** Hears nothing. */
  ArgumentListener NONE = (name, type) -> {};

  /**
   * A route asks for an argument.
   *
   * @param type as what; any if it only asks whether it is there
   */
  void asked(String name, ArgumentType type);
}
