package io.fedflow.transport.http.api;

import io.fedflow.transport.http.wire.ArgumentType;
import java.util.Locale;

/**
 * An argument of a route.
 *
 * @param name its name
 * @param type what it may be
 * @param required whether a call without it is refused
 */
public record RouteArgument(String name, ArgumentType type, boolean required) {

  /** Reads {@code name:type}, with an exclamation mark at its end if it is required. */
  static RouteArgument parse(String word) {
    boolean required = word.endsWith("!");
    String text = required ? word.substring(0, word.length() - 1) : word;
    int colon = text.indexOf(':');
    return new RouteArgument(
        text.substring(0, colon),
        ArgumentType.valueOf(text.substring(colon + 1).toUpperCase(Locale.ROOT)),
        required);
  }

  /** The word that {@link #parse} reads. */
  @Override
  public String toString() {
    return name + ':' + type.name().toLowerCase(Locale.ROOT) + (required ? "!" : "");
  }
}
