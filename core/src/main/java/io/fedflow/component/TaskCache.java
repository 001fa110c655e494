package io.fedflow.component;

import java.util.Objects;

/**
 * Something private that a task keeps at its own party for later tasks of the same module, such as
 * a peer's masked ids and the key that goes with them. It is stored with the task's outputs, handed
 * on by the DSL's {@code cache} references or by CacheLoader, and never shown or sent: {@link
 * #toString} tells nothing of its content. Immutable by convention: the bytes are not to be
 * changed.
 *
 * @param module whose components understand it, such as {@code Intersection}; not blank
 * @param key names it, for CacheLoader and for people; no secret; 1..200 characters
 * @param content in a layout of the module's own; at most {@link #MAX_BYTES}
 */
public record TaskCache(String module, String key, byte[] content) {

  /** The most that a cache holds: 1 GiB. */
  public static final int MAX_BYTES = 1 << 30;

  private static final int MOST_KEY = 200;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if the module is blank, or key or content is out of range
   */
  public TaskCache {
    if (module.isBlank()) {
      throw new IllegalArgumentException("a cache without a module");
    }
    if (key.isBlank() || key.length() > MOST_KEY) {
      throw new IllegalArgumentException(
          "the key of a cache: found " + key.length() + " characters, allowed 1.." + MOST_KEY);
    }
    Objects.requireNonNull(content, "content");
    if (content.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a cache of " + content.length + " bytes, allowed at most " + MAX_BYTES);
    }
  }

  @Override
  public String toString() {
    return "cache " + key + " of " + module + ", " + content.length + " bytes";
  }
}
