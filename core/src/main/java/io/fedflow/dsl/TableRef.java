package io.fedflow.dsl;

/**
 * Names an uploaded table of one party.
 *
 * @param namespace the table's namespace
 * @param name the table's name
 */
public record TableRef(String namespace, String name) {

  /** {@code namespace.name}. */
  @Override
  public String toString() {
    return namespace + '.' + name;
  }
}
