package io.fedflow.dsl;

/**
 * One cache that flows into a task at the same party.
 *
 * @param component the component that made it
 * @param name the name of its cache output
 */
public record CacheEdge(String component, String name) {

  /** The reference as the DSL writes it. */
  public String reference() {
    return component + '.' + name;
  }
}
