package io.fedflow.pipeline;

import java.util.List;

/**
 * The caches that a component takes. Immutable.
 *
 * @param caches references
 */
public record Cache(List<String> caches) {

  /** Copies the list. */
  public Cache {
    caches = List.copyOf(caches);
  }

  /** No cache. */
  public static Cache none() {
    return new Cache(List.of());
  }

  /** These caches. */
  public static Cache of(String... references) {
    return new Cache(List.of(references));
  }
}
